using System.Diagnostics.CodeAnalysis;
using System.Net;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Client.Web;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.Http;

public sealed class BrowserTests
{
    private const string Origin = "https://topics.example.org";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(GrpcWebMode.GrpcWeb)]
    [InlineData(GrpcWebMode.GrpcWebText)]
    [SuppressMessage(
        "Reliability",
        "CA2000:Dispose objects before losing scope",
        Justification = "The channel disposes the handler.")]
    public async Task GrpcWeb_UnaryStreamAndError_Work(GrpcWebMode mode)
    {
        await using TestServer server = await TestServer.FittedAsync();
        using var channel = GrpcChannel.ForAddress(
            server.Address,
            new GrpcChannelOptions
            {
                HttpHandler = new GrpcWebHandler(mode, new SocketsHttpHandler()),
                HttpVersion = HttpVersion.Version20,
            });
        ModelService.ModelServiceClient models = new(channel);

        GetModelResponse model = await models.GetModelAsync(new GetModelRequest { Name = "models/m" }, cancellationToken: Token);
        using AsyncServerStreamingCall<WatchModelResponse> watch = models.WatchModel(
            new WatchModelRequest { Name = "models/m" }, cancellationToken: Token);

        Assert.Equal("models/m", model.Model.Name);
        Assert.True(await watch.ResponseStream.MoveNext(Token));
        await Refusal.ExpectAsync(
            StatusCode.NotFound,
            "MODEL_NOT_FOUND",
            async () => await models.GetModelAsync(new GetModelRequest { Name = "models/none" }, cancellationToken: Token));
    }

    [Fact]
    public async Task Cors_ByDefault_AllowsNoOrigin()
    {
        await using TestServer server = await TestServer.StartAsync();
        using HttpCalls http = new(server);

        HttpAnswer answer = await http.GetAsync("/api/v1/models", ("Origin", Origin));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.DoesNotContain("Access-Control-Allow-Origin", answer.Headers.Keys);
    }

    [Theory]
    [InlineData(Origin, true)]
    [InlineData("https://other.example.org", false)]
    public async Task Cors_ConfiguredOrigin_IsAllowedAlone(string origin, bool isAllowed)
    {
        await using TestServer server = await TestServer.StartAsync(("Http:CorsOrigins:0", Origin));
        using HttpCalls http = new(server);

        HttpAnswer preflight = await http.SendAsync(
            HttpMethod.Options,
            "/topicgrpc.v1.ModelService/GetModel",
            content: null,
            ("Origin", origin),
            ("Access-Control-Request-Method", "POST"),
            ("Access-Control-Request-Headers", "content-type,x-grpc-web"));
        HttpAnswer call = await http.GetAsync("/api/v1/models", ("Origin", origin));

        Assert.Equal(isAllowed ? Origin : null, preflight.Headers.GetValueOrDefault("Access-Control-Allow-Origin"));
        Assert.Equal(isAllowed ? Origin : null, call.Headers.GetValueOrDefault("Access-Control-Allow-Origin"));
        string exposed = call.Headers.GetValueOrDefault("Access-Control-Expose-Headers", string.Empty);
        Assert.Equal(isAllowed, exposed.Contains("grpc-status-details-bin", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("*")]
    [InlineData("topics.example.org")]
    [InlineData("https://topics.example.org/")]
    public async Task Cors_WrongOrigin_FailsTheStart(string origin)
    {
        ServerStartException failure = await Assert.ThrowsAsync<ServerStartException>(
            () => TestServer.StartAsync(("Http:CorsOrigins:0", origin)));

        Assert.Contains($"Http:CorsOrigins:0: '{origin}' must be an origin", failure.Message, StringComparison.Ordinal);
    }
}
