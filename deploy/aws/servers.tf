# The servers (ECS on Fargate) and the load balancer. Written by `chatwright deploy aws`.
resource "aws_cloudwatch_log_group" "bot" {
  name              = "/${var.name}"
  retention_in_days = 30
}

resource "aws_ecs_cluster" "main" {
  name = var.name
  setting {
    name  = "containerInsights"
    value = "enabled"
  }
}

data "aws_iam_policy_document" "tasks" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }
  }
}

# Of ECS itself: pulls the image, writes the log, reads these secrets and no others.
resource "aws_iam_role" "start" {
  name               = "${var.name}-start"
  assume_role_policy = data.aws_iam_policy_document.tasks.json
}

resource "aws_iam_role_policy_attachment" "start" {
  role       = aws_iam_role.start.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
}

data "aws_iam_policy_document" "secrets" {
  statement {
    actions   = ["secretsmanager:GetSecretValue"]
    resources = [for secret in aws_secretsmanager_secret.bot : secret.arn]
  }
}

resource "aws_iam_role_policy" "secrets" {
  name   = "secrets"
  role   = aws_iam_role.start.id
  policy = data.aws_iam_policy_document.secrets.json
}

# Of the bot: its own files, and nothing else of AWS.
resource "aws_iam_role" "bot" {
  name               = "${var.name}-bot"
  assume_role_policy = data.aws_iam_policy_document.tasks.json
}

data "aws_iam_policy_document" "files" {
  statement {
    actions   = ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"]
    resources = [aws_efs_file_system.bot.arn]
    condition {
      test     = "StringEquals"
      variable = "elasticfilesystem:AccessPointArn"
      values   = [aws_efs_access_point.bot.arn]
    }
  }
}

resource "aws_iam_role_policy" "files" {
  name   = "files"
  role   = aws_iam_role.bot.id
  policy = data.aws_iam_policy_document.files.json
}

resource "aws_ecs_task_definition" "bot" {
  family                   = var.name
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = var.cpu
  memory                   = var.memory
  execution_role_arn       = aws_iam_role.start.arn
  task_role_arn            = aws_iam_role.bot.arn
  container_definitions = jsonencode([{
    name                   = "bot"
    image                  = var.image
    essential              = true
    user                   = "10001:10001"
    readonlyRootFilesystem = true
    stopTimeout            = 60
    command                = ["--trusted-proxy", aws_vpc.main.cidr_block]
    environment            = [{ name = "PORT", value = tostring(local.port) }]
    secrets                = [for name, secret in aws_secretsmanager_secret.bot : { name = name, valueFrom = secret.arn }]
    portMappings           = [{ containerPort = local.port, protocol = "tcp" }]
    mountPoints = [
      { sourceVolume = "bot", containerPath = "/data", readOnly = false },
      { sourceVolume = "tmp", containerPath = "/tmp", readOnly = false },
    ]
    linuxParameters = { initProcessEnabled = true, capabilities = { drop = ["ALL"] } }
    healthCheck = {
      command     = ["CMD", "python", "-c", "import os, urllib.request as u; u.urlopen('http://127.0.0.1:' + os.environ['PORT'] + '/health', timeout=4)"]
      interval    = 15
      timeout     = 5
      retries     = 4
      startPeriod = 120
    }
    logConfiguration = {
      logDriver = "awslogs"
      options = {
        awslogs-group         = aws_cloudwatch_log_group.bot.name
        awslogs-region        = var.region
        awslogs-stream-prefix = "bot"
      }
    }
  }])
  volume {
    name = "tmp"
  }
  volume {
    name = "bot"
    efs_volume_configuration {
      file_system_id     = aws_efs_file_system.bot.id
      transit_encryption = "ENABLED"
      authorization_config {
        access_point_id = aws_efs_access_point.bot.id
        iam             = "ENABLED"
      }
    }
  }
}

resource "aws_lb" "main" {
  name                       = var.name
  load_balancer_type         = "application"
  security_groups            = [aws_security_group.balancer.id]
  subnets                    = aws_subnet.front[*].id
  drop_invalid_header_fields = true
  enable_deletion_protection = var.protected
  # The server writes something every 15 s while a reply is made.
  idle_timeout = 120
}

resource "aws_lb_target_group" "bot" {
  name                 = var.name
  port                 = local.port
  protocol             = "HTTP"
  target_type          = "ip"
  vpc_id               = aws_vpc.main.id
  deregistration_delay = 45
  health_check {
    path                = "/ready"
    interval            = 10
    timeout             = 5
    healthy_threshold   = 2
    unhealthy_threshold = 3
    matcher             = "200"
  }
}

resource "aws_lb_listener" "https" {
  load_balancer_arn = aws_lb.main.arn
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"
  certificate_arn   = var.certificate_arn
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.bot.arn
  }
}

resource "aws_lb_listener" "http" {
  load_balancer_arn = aws_lb.main.arn
  port              = 80
  protocol          = "HTTP"
  default_action {
    type = "redirect"
    redirect {
      port        = "443"
      protocol    = "HTTPS"
      status_code = "HTTP_301"
    }
  }
}

resource "aws_ecs_service" "bot" {
  name                               = var.name
  cluster                            = aws_ecs_cluster.main.id
  task_definition                    = aws_ecs_task_definition.bot.arn
  launch_type                        = "FARGATE"
  desired_count                      = var.servers.least
  health_check_grace_period_seconds  = 180
  deployment_minimum_healthy_percent = 100
  deployment_maximum_percent         = 200
  network_configuration {
    subnets         = aws_subnet.behind[*].id
    security_groups = [aws_security_group.server.id]
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.bot.arn
    container_name   = "bot"
    container_port   = local.port
  }
  # A version that does not get well is taken back.
  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }
  lifecycle {
    ignore_changes = [desired_count]
  }
  depends_on = [
    aws_lb_listener.https,
    aws_efs_mount_target.bot,
    aws_iam_role_policy.secrets,
    aws_secretsmanager_secret_version.database,
    aws_secretsmanager_secret_version.server,
  ]
}

resource "aws_appautoscaling_target" "bot" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.main.name}/${aws_ecs_service.bot.name}"
  min_capacity       = var.servers.least
  max_capacity       = var.servers.most
}

resource "aws_appautoscaling_policy" "cpu" {
  name               = "${var.name}-cpu"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.bot.service_namespace
  scalable_dimension = aws_appautoscaling_target.bot.scalable_dimension
  resource_id        = aws_appautoscaling_target.bot.resource_id
  target_tracking_scaling_policy_configuration {
    target_value = 70
    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
  }
}

output "address" {
  description = "Point the bot's name at this (CNAME or alias)."
  value       = aws_lb.main.dns_name
}
