//! The Lambda function of `nacl-no-unrestricted-ssh-rdp`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::vpc::NaclNoUnrestrictedSshRdp>()
}
