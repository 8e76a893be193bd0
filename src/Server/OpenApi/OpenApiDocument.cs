using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;
using TopicGrpc.V1;
using ProtoService = Google.Protobuf.Reflection.ServiceDescriptor;

namespace TopicGrpc.Server.OpenApi;

/// <summary>
/// The OpenAPI 3.1 document of the server: the methods of the contract, from its descriptors and comments, and the routes that are no
/// methods, from <c>routes.json</c>.
/// </summary>
internal static class OpenApiDocument
{
    private static readonly Lazy<byte[]> Cached = new(static () => Write());

    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The document, UTF-8. It is made on first use.</summary>
    public static ReadOnlyMemory<byte> Bytes => Cached.Value;

    private static byte[] Write()
    {
        using Stream stream = typeof(OpenApiDocument).Assembly.GetManifestResourceStream("routes.json")!;
        JsonObject routes = JsonNode.Parse(stream)!.AsObject();
        SchemaWriter schemas = new();
        OperationWriter operations = new(schemas);
        JsonArray tags = [];
        JsonObject paths = [];
        FileDescriptor[] files = ContractDescription.ReadFiles();
        IEnumerable<ProtoService> services = files.SelectMany(static file => file.Services);
        foreach (ProtoService service in services.OrderBy(static service => service.Name, StringComparer.Ordinal))
        {
            operations.Add(paths, service);
            tags.Add(new JsonObject { ["name"] = service.Name, ["description"] = ContractDescription.CommentOf(service) });
        }

        foreach (JsonNode? tag in routes["tags"]!.AsArray())
        {
            tags.Add(tag!.DeepClone());
        }

        Merge(paths, routes["paths"]!.AsObject());

        // The upload has lines of the ingest stream, which no other path has.
        MessageDescriptor[] messages = [.. files.SelectMany(static file => file.MessageTypes)];
        schemas.RefTo(messages.Single(static message => message.Name == nameof(Document)), isRequest: true);
        foreach (MessageDescriptor answer in messages.Single(static message => message.Name == nameof(IngestDocumentsResponse)).NestedTypes)
        {
            schemas.RefTo(answer, isRequest: false);
        }

        JsonObject components = schemas.Schemas();
        Merge(components, routes["schemas"]!.AsObject());
        JsonObject document = new()
        {
            ["openapi"] = "3.1.0",
            ["info"] = routes["info"]!.DeepClone(),
            ["servers"] = routes["servers"]!.DeepClone(),
            ["security"] = routes["security"]!.DeepClone(),
            ["tags"] = tags,
            ["paths"] = Sorted(paths),
            ["components"] = new JsonObject
            {
                ["schemas"] = Sorted(components),
                ["responses"] = routes["responses"]!.DeepClone(),
                ["securitySchemes"] = routes["securitySchemes"]!.DeepClone(),
            },
        };
        return [.. JsonSerializer.SerializeToUtf8Bytes(document, Format), (byte)'\n'];
    }

    private static void Merge(JsonObject target, JsonObject source)
    {
        foreach ((string name, JsonNode? value) in source)
        {
            target.Add(name, value!.DeepClone());
        }
    }

    private static JsonObject Sorted(JsonObject source)
    {
        JsonObject sorted = [];
        foreach ((string name, JsonNode? value) in source.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
        {
            sorted[name] = value!.DeepClone();
        }

        return sorted;
    }
}
