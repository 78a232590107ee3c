//! Whether an answer is what the OpenAPI document says of it.

use serde_json::{Value, json};

/// Whether a value is what a schema says, as far as our schemas go. `Err` names the place.
fn fits(document: &Value, schema: &Value, value: &Value, at: &str) -> Result<(), String> {
    if let Some(reference) = schema["$ref"].as_str() {
        let target = document.pointer(&reference[1..]).ok_or(format!("{reference} is nowhere"))?;
        return fits(document, target, value, at);
    }
    if let Some(all) = schema["allOf"].as_array() {
        return all.iter().try_for_each(|part| fits(document, part, value, at));
    }
    if let Some(one) = schema["oneOf"].as_array() {
        let fitting = one.iter().filter(|part| fits(document, part, value, at).is_ok()).count();
        return if fitting == 1 {
            Ok(())
        } else {
            Err(format!("{at}: {value} fits {fitting} of {one:?}"))
        };
    }
    if let Some(allowed) = schema["enum"].as_array() {
        return if allowed.contains(value) {
            Ok(())
        } else {
            Err(format!("{at}: {value} is none of {allowed:?}"))
        };
    }
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let said = &schema["type"];
    if *said != json!(kind) && !said.as_array().is_some_and(|kinds| kinds.contains(&json!(kind))) {
        return Err(format!("{at}: {value} is not of type {said}"));
    }
    for item in value.as_array().into_iter().flatten() {
        fits(document, &schema["items"], item, at)?;
    }
    if let Some(object) = value.as_object() {
        for required in schema["required"].as_array().into_iter().flatten() {
            let name = required.as_str().unwrap();
            object.get(name).ok_or(format!("{at}: {name} is missing"))?;
        }
        for (name, value) in object {
            if let Some(schema) = schema["properties"].get(name) {
                fits(document, schema, value, &format!("{at}.{name}"))?;
            }
        }
    }
    Ok(())
}

/// It is what is said of this path, method and status.
pub fn assert_fits(document: &Value, path: &str, method: &str, (status, body): &(u16, String)) {
    let response = &document["paths"][path][method]["responses"][status.to_string()];
    assert!(response.is_object(), "{method} {path} is not said to answer {status}: {body}");
    let (kind, content) = response["content"].as_object().unwrap().iter().next().unwrap();
    if kind.ends_with("/json") || kind.ends_with("+json") {
        let value: Value = serde_json::from_str(body).unwrap();
        fits(document, &content["schema"], &value, path).unwrap();
    }
}
