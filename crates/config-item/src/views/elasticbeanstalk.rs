//! AWS Elastic Beanstalk.
