# What may be set. Written by `chatwright deploy aws`.
variable "name" {
  description = "What everything is called."
  type        = string
  default     = "library"
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,19}$", var.name))
    error_message = "At most 20 small letters, digits and hyphens: a load balancer's name has no room for more."
  }
}

variable "region" {
  description = "Where it runs."
  type        = string
  default     = "eu-west-1"
}

variable "image" {
  description = "The image, by digest or tag, in a registry that ECS can read: REPOSITORY@sha256:..."
  type        = string
}

variable "certificate_arn" {
  description = "The certificate (ACM) for the name under which people reach the bot."
  type        = string
}

variable "database_password" {
  description = "Of PostgreSQL; letters and digits. Given as TF_VAR_database_password; kept in no state."
  type        = string
  sensitive   = true
  ephemeral   = true
}

variable "server_secret" {
  description = "Keys the hashes of cookies and addresses: 32 random characters or more."
  type        = string
  sensitive   = true
  ephemeral   = true
}

variable "secrets_version" {
  description = "Count it up when one of the two above is another."
  type        = number
  default     = 1
}

variable "servers" {
  description = "How many at least and at most."
  type        = object({ least = number, most = number })
  default     = { least = 2, most = 10 }
}

variable "cpu" {
  description = "Of one server, 1024 to a core."
  type        = number
  default     = 2048
}

variable "memory" {
  description = "Of one server, in MiB."
  type        = number
  default     = 4096
}

variable "database_class" {
  description = "The size of PostgreSQL's machine."
  type        = string
  default     = "db.t4g.small"
}

variable "protected" {
  description = "Whether database, files and load balancer are kept from deletion."
  type        = bool
  default     = true
}
