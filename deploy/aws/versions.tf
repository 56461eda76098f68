# What these files need. Written by `chatwright deploy aws` for Alderbrook Public Library; yours to edit.
terraform {
  # 1.11: the values of secrets are written, and never stand in the state.
  required_version = ">= 1.11"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100"
    }
  }
  # Several people: keep the state in S3.
  # backend "s3" {}
}

provider "aws" {
  region = var.region
  default_tags {
    tags = { application = var.name }
  }
}
