//! Compiles the contract without protoc. The descriptor set keeps the options, because the suite enforces them.
#![expect(
    clippy::disallowed_methods,
    reason = "cargo tells a build script where it works through the environment"
)]

use std::{env, error::Error, fs, path::PathBuf};

use prost::Message as _;

fn main() -> Result<(), Box<dyn Error>> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let mut files = Vec::new();
    protos(&root.join("redress"), &mut files)?;
    files.sort();
    println!("cargo::rerun-if-changed=redress");

    let mut compiler = protox::Compiler::new([&root])?;
    compiler.include_imports(true).include_source_info(true).open_files(&files)?;
    // The encoded form still has the custom options; the decoded prost types have lost them.
    let out = PathBuf::from(env::var("OUT_DIR")?);
    fs::write(out.join("descriptors.bin"), compiler.encode_file_descriptor_set())?;

    let mut config = prost_build::Config::new();
    config.enable_type_names().bytes(["."]);
    let set = prost_types::FileDescriptorSet::decode(compiler.encode_file_descriptor_set().as_slice())?;
    fs::write(out.join("paged.rs"), paged(&set))?;
    tonic_prost_build::configure().compile_fds_with_config(set, config)?;
    Ok(())
}

/// What the requests for a page have in common, which their types do not say.
fn paged(set: &prost_types::FileDescriptorSet) -> String {
    let mut text = String::new();
    for file in &set.file {
        let module = file.package().split('.').skip(1).collect::<Vec<_>>().join("::");
        let has = |message: &prost_types::DescriptorProto, name: &str| {
            message.field.iter().any(|field| field.name() == name)
        };
        let requests = file
            .message_type
            .iter()
            .filter(|message| has(message, "page_size") && has(message, "page_token"));
        for message in requests {
            let name = format!("crate::{module}::{}", message.name());
            text.push_str(&format!(
                "impl Paged for {name} {{
    fn page_size(&self) -> i32 {{ self.page_size }}
    fn page_token(&self) -> &str {{ &self.page_token }}
    fn question(&self) -> Vec<u8> {{
        ::prost::Message::encode_to_vec(&Self {{ page_size: 0, page_token: String::new(), ..self.clone() }})
    }}
}}
"
            ));
        }
    }
    text
}

fn protos(folder: &PathBuf, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            protos(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "proto") {
            files.push(path);
        }
    }
    Ok(())
}
