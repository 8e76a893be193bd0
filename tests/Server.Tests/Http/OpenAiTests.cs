using System.ClientModel;
using System.ClientModel.Primitives;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OpenAI;
using OpenAI.Embeddings;
using OpenAI.Models;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Keys;
using TopicGrpc.Server.OpenAi;
using TopicGrpc.Server.Tests.Access;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.Http;

public sealed class OpenAiTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Client_OneText_HasTheVectorOfTheEncoder()
    {
        await using TestServer server = await TestServer.StartAsync();
        using HttpCalls http = new(server);
        EmbeddingClient client = Client(http).GetEmbeddingClient("fake");

        OpenAIEmbedding embedding = await client.GenerateEmbeddingAsync(
            "rocket launch", cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(VectorOf(server, "rocket launch"), embedding.ToFloats().ToArray());
    }

    [Fact]
    public async Task Client_SeveralTexts_AreInOrderWithUsage()
    {
        await using TestServer server = await TestServer.StartAsync();
        using HttpCalls http = new(server);
        EmbeddingClient client = Client(http).GetEmbeddingClient("fake");
        string[] texts = [.. Enumerable.Range(0, 20).Select(static index => $"text number {index}")];

        OpenAIEmbeddingCollection embeddings = await client.GenerateEmbeddingsAsync(
            texts,
            new EmbeddingGenerationOptions { Dimensions = 32 },
            TestContext.Current.CancellationToken);

        Assert.Equal(20, embeddings.Count);
        Assert.All(embeddings, embedding => Assert.Equal(VectorOf(server, texts[embedding.Index]), embedding.ToFloats().ToArray()));
        Assert.Equal(20 * 5, embeddings.Usage.InputTokenCount);
        Assert.Equal("fake", embeddings.Model);
    }

    [Fact]
    public async Task Client_Models_ListTheEncoder()
    {
        await using TestServer server = await TestServer.StartAsync();
        using HttpCalls http = new(server);
        OpenAIModelClient client = Client(http).GetOpenAIModelClient();

        OpenAIModelCollection models = await client.GetModelsAsync(TestContext.Current.CancellationToken);
        ClientResultException missing = await Assert.ThrowsAsync<ClientResultException>(
            () => client.GetModelAsync("gpt", TestContext.Current.CancellationToken));

        Assert.Equal("fake", Assert.Single(models).Id);
        Assert.Equal(404, missing.Status);
    }

    [Fact]
    public async Task Client_WrongModel_ReadsTheError()
    {
        await using TestServer server = await TestServer.StartAsync();
        using HttpCalls http = new(server);

        ClientResultException wrong = await Assert.ThrowsAsync<ClientResultException>(() =>
            Client(http).GetEmbeddingClient("other").GenerateEmbeddingAsync("a", cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(400, wrong.Status);
        Assert.Contains("must be 'fake', the encoder of this server, not 'other'", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_FloatAndBase64_AreTheSameVector()
    {
        await using TestServer server = await TestServer.StartAsync();
        using HttpCalls http = new(server);

        JsonNode floats = (await http.PostAsync(
            "/v1/embeddings",
            """{"model": "fake", "input": "a b", "encoding_format": "float"}""")).Ok();
        JsonNode base64 = (await http.PostAsync(
            "/v1/embeddings",
            """{"model": "fake", "input": ["a b"], "encoding_format": "base64"}""")).Ok();

        float[] given = [.. floats["data"]![0]!["embedding"]!.AsArray().Select(static value => value!.GetValue<float>())];
        byte[] bytes = Convert.FromBase64String(base64["data"]![0]!["embedding"]!.GetValue<string>());
        float[] decoded = [.. Enumerable.Range(0, bytes.Length / 4).Select(index => BitConverter.ToSingle(bytes, index * 4))];
        Assert.Equal(VectorOf(server, "a b"), given);
        Assert.Equal(given, decoded);
    }

    [Theory]
    [InlineData("""{"model": "fake", "input": [[1, 2]]}""", "input", "token ids are not accepted")]
    [InlineData("""{"model": "fake", "input": [1, 2]}""", "input", "token ids are not accepted")]
    [InlineData("""{"model": "fake", "input": []}""", "input", "at least 1 text")]
    [InlineData("""{"model": "fake", "input": ["a", " "]}""", "input[1]", "more than white space")]
    [InlineData("""{"model": "fake", "input": {}}""", "input", "must be a string")]
    [InlineData("""{"model": "fake"}""", "input", "is missing")]
    [InlineData("""{"input": "a"}""", "model", "the encoder of this server is 'fake'")]
    [InlineData("""{"model": "fake", "input": "a", "dimensions": 16}""", "dimensions", "must be 32")]
    [InlineData("""{"model": "fake", "input": "a", "encoding_format": "int8"}""", "encoding_format", "'float' or 'base64'")]
    [InlineData("""{"model": "fake", "input": "a", "truncate": true}""", "'truncate'", "is not a field")]
    [InlineData("""{"model": "fake", "input": "a" """, "body", "well-formed JSON")]
    public async Task Post_WrongRequest_NamesTheParameter(string body, string parameter, string description)
    {
        await using TestServer server = await TestServer.StartAsync();
        using HttpCalls http = new(server);

        HttpAnswer answer = await http.PostAsync("/v1/embeddings", body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        JsonNode error = answer.Json["error"]!;
        Assert.Equal("invalid_request_error", error["type"]!.GetValue<string>());
        Assert.Equal(parameter, error["param"]!.GetValue<string>());
        Assert.Contains(description, error["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_TooManyTexts_IsRejected()
    {
        await using TestServer server = await TestServer.StartAsync();
        using HttpCalls http = new(server);
        string texts = string.Join(',', Enumerable.Repeat("\"a\"", 257));

        HttpAnswer answer = await http.PostAsync("/v1/embeddings", $$"""{"model": "fake", "input": [{{texts}}]}""");

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("at most 256 texts, not 257", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_FullQueue_IsARateLimitWithDelay()
    {
        await using TestServer server = await TestServer.StartAsync(("Embedding:MaxQueue", "1"), ("Embedding:Executors", "1"));
        using HttpCalls http = new(server);
        server.Embedder.Hold();
        Task<HttpAnswer>[] calls =
        [
            .. Enumerable.Range(0, 4).Select(index => http.PostAsync(
                "/v1/embeddings",
                $$"""{"model": "fake", "input": "text {{index}}"}""")),
        ];

        HttpAnswer rejected = await await Task.WhenAny(calls);
        server.Embedder.Release();
        await Task.WhenAll(calls);

        Assert.Equal(HttpStatusCode.TooManyRequests, rejected.Status);
        Assert.Equal("rate_limit_error", rejected.Json["error"]!["type"]!.GetValue<string>());
        Assert.Equal("QUEUE_FULL", rejected.Json["error"]!["code"]!.GetValue<string>());
        Assert.Equal("1", rejected.Headers["Retry-After"]);
    }

    [Fact]
    public async Task Client_KeyMissingRevokedOrWithoutQuota_ReadsTheError()
    {
        await using TestServer server = await TestServer.StartAsync();
        (string id, string revoked) = server.CreateKey(Role.Reader);
        (_, string slow) = server.CreateKey(Role.Reader, change: static key => key.Quota = new Quota { CallsPerSecond = 1 });
        server.Services.GetRequiredService<KeyStore>().Revoke(id);
        using HttpCalls http = new(server);
        await Client(http, slow).GetEmbeddingClient("fake").GenerateEmbeddingAsync("a", cancellationToken: Token);

        ClientResultException unknown = await Assert.ThrowsAsync<ClientResultException>(
            () => Client(http, revoked).GetEmbeddingClient("fake").GenerateEmbeddingAsync("a", cancellationToken: Token));
        ClientResultException late = await Assert.ThrowsAsync<ClientResultException>(
            () => Client(http, slow).GetEmbeddingClient("fake").GenerateEmbeddingAsync("a", cancellationToken: Token));

        Assert.Equal((401, 429), (unknown.Status, late.Status));
        Assert.Contains("(authentication_error: CREDENTIALS_INVALID)", unknown.Message, StringComparison.Ordinal);
        Assert.Contains("unknown, expired or revoked", unknown.Message, StringComparison.Ordinal);
        Assert.Contains("(rate_limit_error: RATE_LIMITED)", late.Message, StringComparison.Ordinal);
        Assert.True(late.GetRawResponse()!.Headers.TryGetValue("Retry-After", out string? seconds));
        Assert.Equal("1", seconds);
    }

    [Theory]
    [InlineData("GET", "/v1/models")]
    [InlineData("GET", "/v1/models/fake")]
    [InlineData("POST", "/v1/embeddings")]
    public async Task Route_NoCredentials_HasTheFormOfOpenAiAndAChallenge(string method, string path)
    {
        await using TestServer server = await TestServer.StartAsync();
        server.CreateKey(Role.Reader);
        using HttpCalls http = new(server);
        using StringContent? body = method == "POST" ? new("{}") : null;

        HttpAnswer answer = await http.SendAsync(new HttpMethod(method), path, body);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
        Assert.Equal("Bearer", answer.Headers["WWW-Authenticate"]);
        Assert.Equal(
            ["code", "message", "param", "type"],
            answer.Json["error"]!.AsObject().Select(static field => field.Key).Order(StringComparer.Ordinal));
        Assert.Equal("CREDENTIALS_MISSING", answer.Json["error"]!["code"]!.GetValue<string>());
    }

    // Every role may call these routes; the form holds for a route that needs more.
    [Fact]
    public async Task Form_RoleMissing_IsAPermissionError()
    {
        using MemoryStream body = new();
        DefaultHttpContext context = new() { Response = { Body = body } };

        await OpenAiErrors.Form.WriteAsync(context, AccessFault.RoleRequired("/v1/models", Role.Writer, Role.Reader));
        await context.Response.BodyWriter.FlushAsync(Token);

        JsonNode error = JsonNode.Parse(body.ToArray())!["error"]!;
        Assert.Equal(403, context.Response.StatusCode);
        Assert.Equal(
            ("permission_error", "ROLE_REQUIRED"), (error["type"]!.GetValue<string>(), error["code"]!.GetValue<string>()));
    }

    private static OpenAIClient Client(HttpCalls http, string key = "unused") =>
        new(
            new ApiKeyCredential(key),
            new OpenAIClientOptions
            {
                Endpoint = new Uri(http.Client.BaseAddress!, "v1"),
                Transport = new HttpClientPipelineTransport(http.Client),
                RetryPolicy = new ClientRetryPolicy(0),
            });

    private static float[] VectorOf(TestServer server, string text)
    {
        float[] vector = new float[server.Embedder.Info.Dimension];
        server.Embedder.Embed(text, vector, TestContext.Current.CancellationToken);
        return vector;
    }
}
