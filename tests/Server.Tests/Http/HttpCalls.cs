using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace TopicGrpc.Server.Tests.Http;

/// <summary>Plain HTTP calls to a test server.</summary>
internal sealed class HttpCalls : IDisposable
{
    private readonly HttpClient _client;

    [SuppressMessage(
        "Reliability",
        "CA2000:Dispose objects before losing scope",
        Justification = "The client disposes the handler.")]
    public HttpCalls(TestServer server) =>
        _client = new HttpClient(new Http2Handler()) { BaseAddress = server.Address };

    public HttpClient Client => _client;

    public Task<HttpAnswer> GetAsync(string path, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Get, path, content: null, headers);

    public Task<HttpAnswer> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path, content: null);

    /// <summary>Posts JSON.</summary>
    public Task<HttpAnswer> PostAsync(string path, string json, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, path, new StringContent(json, Encoding.UTF8, "application/json"), headers);

    /// <summary>Posts bytes.</summary>
    public Task<HttpAnswer> PostAsync(string path, byte[] body, string? mediaType, params (string Name, string Value)[] headers)
    {
        ByteArrayContent content = new(body);
        content.Headers.ContentType = mediaType is null ? null : MediaTypeHeaderValue.Parse(mediaType);
        return SendAsync(HttpMethod.Post, path, content, headers);
    }

    public async Task<HttpAnswer> SendAsync(
        HttpMethod method,
        string path,
        HttpContent? content,
        params (string Name, string Value)[] headers)
    {
        using HttpRequestMessage request = new(method, path) { Content = content };
        foreach ((string name, string value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                content!.Headers.TryAddWithoutValidation(name, value);
            }
        }

        using HttpResponseMessage response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        return new HttpAnswer(
            response.StatusCode,
            response.Headers.ToDictionary(
                static header => header.Key,
                static header => string.Join(',', header.Value),
                StringComparer.OrdinalIgnoreCase),
            response.Content.Headers.ContentType?.MediaType,
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public void Dispose() => _client.Dispose();

    /// <summary>Sends every request over HTTP/2 without TLS, also those of other packages.</summary>
    [SuppressMessage(
        "Reliability",
        "CA2000:Dispose objects before losing scope",
        Justification = "The handler disposes its inner handler.")]
    private sealed class Http2Handler() : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Version = HttpVersion.Version20;
            request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
            return base.SendAsync(request, cancellationToken);
        }
    }
}

/// <summary>The answer to a plain HTTP call.</summary>
internal sealed record HttpAnswer(HttpStatusCode Status, IReadOnlyDictionary<string, string> Headers, string? MediaType, string Text)
{
    public JsonNode Json => JsonNode.Parse(Text)!;

    /// <summary>Asserts success and returns the body.</summary>
    public JsonNode Ok()
    {
        Assert.True(Status == HttpStatusCode.OK, $"{(int)Status}: {Text}");
        return Json;
    }

    /// <summary>Asserts an error and returns the description of its violation of a field.</summary>
    public string Violation(string field)
    {
        Assert.True(Status == HttpStatusCode.BadRequest, $"{(int)Status}: {Text}");
        JsonArray violations = Detail("BadRequest")["fieldViolations"]!.AsArray();
        return violations.Single(violation => violation!["field"]!.GetValue<string>() == field)!["description"]!.GetValue<string>();
    }

    /// <summary>Reason of the error.</summary>
    public string Reason => Detail("ErrorInfo")["reason"]!.GetValue<string>();

    public JsonNode Detail(string type) =>
        Json["details"]!.AsArray().Single(detail => detail!["@type"]!.GetValue<string>() == "type.googleapis.com/google.rpc." + type)!;
}
