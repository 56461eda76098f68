# What must not be lost: conversations in PostgreSQL, the bot's folder with its releases on EFS, and the secrets.
# Written by `chatwright deploy aws`.
resource "aws_db_subnet_group" "main" {
  name       = var.name
  subnet_ids = aws_subnet.behind[*].id
}

resource "aws_db_instance" "main" {
  identifier                   = var.name
  engine                       = "postgres"
  engine_version               = "17"
  instance_class               = var.database_class
  allocated_storage            = 20
  max_allocated_storage        = 200
  storage_type                 = "gp3"
  storage_encrypted            = true
  db_name                      = "bot"
  username                     = "bot"
  password_wo                  = var.database_password
  password_wo_version          = var.secrets_version
  db_subnet_group_name         = aws_db_subnet_group.main.name
  vpc_security_group_ids       = [aws_security_group.store.id]
  multi_az                     = true
  publicly_accessible          = false
  backup_retention_period      = 14
  auto_minor_version_upgrade   = true
  copy_tags_to_snapshot        = true
  performance_insights_enabled = true
  deletion_protection          = var.protected
  skip_final_snapshot          = !var.protected
  final_snapshot_identifier    = "${var.name}-last"
}

resource "aws_efs_file_system" "bot" {
  creation_token = var.name
  encrypted      = true
  tags           = { Name = var.name }
  lifecycle_policy {
    transition_to_ia = "AFTER_30_DAYS"
  }
}

resource "aws_efs_backup_policy" "bot" {
  file_system_id = aws_efs_file_system.bot.id
  backup_policy {
    status = "ENABLED"
  }
}

resource "aws_efs_mount_target" "bot" {
  count           = length(local.zones)
  file_system_id  = aws_efs_file_system.bot.id
  subnet_id       = aws_subnet.behind[count.index].id
  security_groups = [aws_security_group.store.id]
}

resource "aws_efs_access_point" "bot" {
  file_system_id = aws_efs_file_system.bot.id
  posix_user {
    uid = 10001
    gid = 10001
  }
  root_directory {
    path = "/bot"
    creation_info {
      owner_uid   = 10001
      owner_gid   = 10001
      permissions = "0750"
    }
  }
}

locals {
  # Those of the bot itself are made empty: write them with `aws secretsmanager put-secret-value`.
  secrets = toset(["DATABASE_URL", "CHATWRIGHT_SECRET"])
}

resource "aws_secretsmanager_secret" "bot" {
  for_each                = local.secrets
  name                    = "${var.name}/${each.key}"
  recovery_window_in_days = var.protected ? 30 : 0
}

resource "aws_secretsmanager_secret_version" "database" {
  secret_id                = aws_secretsmanager_secret.bot["DATABASE_URL"].id
  secret_string_wo         = "postgresql://bot:${var.database_password}@${aws_db_instance.main.endpoint}/bot?sslmode=require"
  secret_string_wo_version = var.secrets_version
}

resource "aws_secretsmanager_secret_version" "server" {
  secret_id                = aws_secretsmanager_secret.bot["CHATWRIGHT_SECRET"].id
  secret_string_wo         = var.server_secret
  secret_string_wo_version = var.secrets_version
}
