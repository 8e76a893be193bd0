using System.Text.Json.Nodes;
using Google.Api;
using Google.Protobuf.Reflection;
using TopicGrpc.Server.Http;
using TopicGrpc.V1;
using ProtoService = Google.Protobuf.Reflection.ServiceDescriptor;

namespace TopicGrpc.Server.OpenApi;

/// <summary>Writes the operations of a service: one per HTTP rule.</summary>
internal sealed class OperationWriter(SchemaWriter schemas)
{
    private readonly ParameterWriter _parameters = new(schemas);

    /// <summary>Adds the operations of a service to the paths.</summary>
    public void Add(JsonObject paths, ProtoService service)
    {
        foreach (MethodDescriptor method in service.Methods)
        {
            if (method.GetOptions()?.GetExtension(AnnotationsExtensions.Http) is not { } rule)
            {
                continue;
            }

            Add(paths, method, rule, method.Name);
            foreach (HttpRule additional in rule.AdditionalBindings)
            {
                string last = PathTemplate.Parse(JsonBinding.PatternOf(additional)).Variables[^1].Name;
                Add(paths, method, additional, $"{method.Name}By{char.ToUpperInvariant(last[0])}{last[1..]}");
            }
        }
    }

    private void Add(JsonObject paths, MethodDescriptor method, HttpRule rule, string id)
    {
        var path = PathTemplate.Parse(JsonBinding.PatternOf(rule));
        string verb = rule.PatternCase.ToString().ToLowerInvariant();
        JsonObject item = paths[path.Text]?.AsObject() ?? [];
        paths[path.Text] = item;
        item[verb] = Operation(method, rule, path, id);
    }

    private JsonObject Operation(MethodDescriptor method, HttpRule rule, PathTemplate path, string id)
    {
        string comment = ContractDescription.CommentOf(method);
        int end = comment.IndexOf(". ", StringComparison.Ordinal);
        JsonObject operation = new()
        {
            ["operationId"] = id,
            ["tags"] = new JsonArray(method.Service.Name),
            ["summary"] = end < 0 ? comment.TrimEnd('.') : comment[..end],
            ["description"] = $"gRPC: `{method.Service.FullName}/{method.Name}`. Role: {RoleOf(method)}.\n\n{comment}",
        };
        bool hasBody = rule.Body.Length > 0;
        if (_parameters.Of(method, path, hasBody) is { Count: > 0 } parameters)
        {
            operation["parameters"] = parameters;
        }

        if (hasBody)
        {
            operation["requestBody"] = new JsonObject
            {
                ["required"] = true,
                ["content"] = Content(schemas.BodyOf(method.InputType, [.. path.Variables.Select(static variable => variable.Field)])),
            };
        }

        string answer = method.IsServerStreaming
            ? "A stream: one JSON object per line, each sent as soon as it exists. An error after the first line is the last line."
            : ContractDescription.CommentOf(method.OutputType);
        operation["responses"] = new JsonObject
        {
            ["200"] = new JsonObject
            {
                ["description"] = answer,
                ["content"] = Content(schemas.RefTo(method.OutputType, isRequest: false)),
            },
            ["4XX"] = new JsonObject { ["$ref"] = "#/components/responses/Error" },
            ["default"] = new JsonObject { ["$ref"] = "#/components/responses/Error" },
        };
        return operation;
    }

    private static string RoleOf(MethodDescriptor method) =>
        method.GetOptions().GetExtension(AccessExtensions.RequiredRole).ToString().ToLowerInvariant();

    private static JsonObject Content(JsonObject schema) => new() { ["application/json"] = new JsonObject { ["schema"] = schema } };
}
