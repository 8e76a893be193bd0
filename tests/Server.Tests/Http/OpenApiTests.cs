using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TopicGrpc.Server.OpenApi;
using TopicGrpc.Testing;

namespace TopicGrpc.Server.Tests.Http;

public sealed partial class OpenApiTests
{
    private static readonly string[] Verbs = ["get", "post", "delete", "put", "patch"];

    private static JsonObject Document => JsonNode.Parse(OpenApiDocument.Bytes.Span)!.AsObject();

    /// <summary>Set UPDATE_DOCUMENTS=1 to write the file.</summary>
    [Fact]
    public void Document_EqualsTheCommittedFile()
    {
        string file = Path.Combine(Checkout.Root, "docs", "openapi.json");
        string made = Encoding.UTF8.GetString(OpenApiDocument.Bytes.Span);
        if (Environment.GetEnvironmentVariable("UPDATE_DOCUMENTS") == "1")
        {
            File.WriteAllText(file, made);
        }

        Assert.True(made == File.ReadAllText(file), "docs/openapi.json is out of date: run this test with UPDATE_DOCUMENTS=1.");
    }

    [Fact]
    public void Document_EveryReference_Resolves()
    {
        JsonObject document = Document;

        IEnumerable<string> broken = Nodes(document)
            .OfType<JsonObject>()
            .Where(static node => node["$ref"] is JsonValue)
            .Select(static node => node["$ref"]!.GetValue<string>())
            .Where(reference => reference[2..].Split('/').Aggregate((JsonNode?)document, static (node, name) => node?[name]) is null);

        Assert.Empty(broken);
    }

    [Fact]
    public void Document_EverySchema_IsUsed()
    {
        JsonObject document = Document;
        HashSet<string> used =
        [
            .. Nodes(document)
                .OfType<JsonObject>()
                .Where(static node => node["$ref"] is JsonValue)
                .Select(static node => node["$ref"]!.GetValue<string>()),
        ];

        IEnumerable<string> unused = document["components"]!["schemas"]!.AsObject()
            .Select(static pair => "#/components/schemas/" + pair.Key)
            .Where(name => !used.Contains(name));

        Assert.Empty(unused);
    }

    [Fact]
    public void Document_Operations_AreCompleteAndUnique()
    {
        JsonObject document = Document;
        HashSet<string> tags = [.. document["tags"]!.AsArray().Select(static tag => tag!["name"]!.GetValue<string>())];
        HashSet<string> ids = [];
        foreach ((string path, JsonNode? item) in document["paths"]!.AsObject())
        {
            foreach ((string verb, JsonNode? node) in item!.AsObject())
            {
                JsonObject operation = node!.AsObject();
                Assert.Contains(verb, Verbs);
                Assert.True(ids.Add(operation["operationId"]!.GetValue<string>()), $"{verb} {path}: the operationId is not unique");
                Assert.All(operation["tags"]!.AsArray(), tag => Assert.Contains(tag!.GetValue<string>(), tags));
                Assert.NotEmpty(operation["summary"]!.GetValue<string>());
                Assert.NotEmpty(operation["responses"]!.AsObject());
                string[] variables =
                [
                    .. Variable().Matches(path).Select(static match => match.Groups[1].Value).Order(StringComparer.Ordinal),
                ];
                JsonArray parameters = operation["parameters"]?.AsArray() ?? [];
                string[] given =
                [
                    .. parameters
                        .Where(static parameter => parameter!["in"]!.GetValue<string>() == "path")
                        .Select(static parameter => parameter!["name"]!.GetValue<string>())
                        .Order(StringComparer.Ordinal),
                ];
                Assert.Equal(variables, given);
                Assert.All(parameters, parameter => Assert.NotEmpty(parameter!["description"]?.GetValue<string>() ?? string.Empty));
            }
        }
    }

    [Fact]
    public async Task Document_EveryRouteOfTheServer_IsDescribed()
    {
        await using TestServer server = await TestServer.StartAsync();
        HashSet<string> described = [.. Document["paths"]!.AsObject().Select(static pair => Variable().Replace(pair.Key, "{}"))];

        IEnumerable<string> missing = server.Services.GetRequiredService<EndpointDataSource>().Endpoints
            .OfType<RouteEndpoint>()
            .Select(static endpoint => Variable().Replace("/" + endpoint.RoutePattern.RawText!.TrimStart('/'), "{}"))
            .Where(static path => !GrpcPath().IsMatch(path) && path != "/{}")
            .Where(path => !described.Contains(path));

        Assert.Empty(missing);
    }

    [Fact]
    public void Document_Limits_AreThoseOfTheContract()
    {
        JsonNode schemas = Document["components"]!["schemas"]!;
        JsonNode predict = Document["paths"]!["/api/v1/models/{model}:predict"]!["post"]!;
        JsonNode body = predict["requestBody"]!["content"]!["application/json"]!["schema"]!;

        Assert.Equal(1_048_576, body["properties"]!["text"]!["maxLength"]!.GetValue<int>());
        Assert.False(body["additionalProperties"]!.GetValue<bool>());
        Assert.False(body["properties"]!["selector"]!["properties"]!.AsObject().ContainsKey("model"));
        Assert.Equal("string", schemas["Corpus"]!["properties"]!["documentCount"]!["type"]!.GetValue<string>());
        Assert.Equal(256, schemas[nameof(Document)]!["properties"]!["id"]!["maxLength"]!.GetValue<int>());
        Assert.Equal(
            "^(?:[a-z]([a-z0-9-]{0,61}[a-z0-9])?)$",
            predict["parameters"]![0]!["schema"]!["pattern"]!.GetValue<string>());
    }

    [Fact]
    public async Task Page_LoadsNothingFromOtherAddresses()
    {
        await using TestServer server = await TestServer.StartAsync();
        using HttpCalls http = new(server);

        HttpAnswer page = await http.GetAsync("/docs");
        HttpAnswer document = await http.GetAsync("/openapi.json");

        Assert.Equal("text/html", page.MediaType);
        Assert.DoesNotContain("://", page.Text, StringComparison.Ordinal);
        Assert.StartsWith("default-src 'none'", page.Headers["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.Equal("3.1.0", document.Ok()["openapi"]!.GetValue<string>());
    }

    private static IEnumerable<JsonNode> Nodes(JsonNode node)
    {
        yield return node;
        IEnumerable<JsonNode?> children = node switch
        {
            JsonObject fields => fields.Select(static pair => pair.Value),
            JsonArray items => items,
            _ => [],
        };
        foreach (JsonNode descendant in children.OfType<JsonNode>().SelectMany(Nodes))
        {
            yield return descendant;
        }
    }

    [GeneratedRegex(@"\{([^}]*)\}")]
    private static partial Regex Variable();

    [GeneratedRegex(@"^/(topicgrpc\.v1|grpc\.|\{\}/)")]
    private static partial Regex GrpcPath();
}
