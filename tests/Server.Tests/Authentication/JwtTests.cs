using Grpc.Core;
using TopicGrpc.Server.Tests.Access;
using TopicGrpc.Testing;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.Authentication;

/// <summary>Tokens of an identity provider.</summary>
public sealed class JwtTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Call_ValidToken_HasRoleAndPatternsOfItsClaims()
    {
        await using TestIssuer issuer = await TestIssuer.StartAsync();
        await using TestServer server = await StartAsync(issuer, ("Authentication:Jwt:ModelsClaim", "models"));
        string token = issuer.Token(new() { ["roles"] = "openid reader", ["models"] = new[] { "m*" } });
        ModelService.ModelServiceClient models = new(server.With(token));

        await models.ListModelsAsync(new ListModelsRequest(), cancellationToken: Token);
        await Refusal.ExpectAsync(
            StatusCode.PermissionDenied,
            "ROLE_REQUIRED",
            async () => await models.SetLabelAsync(
                new SetLabelRequest { Model = "models/m", Label = "a", VersionNumber = 1 }, cancellationToken: Token));
        await Refusal.ExpectAsync(
            StatusCode.NotFound,
            "MODEL_NOT_FOUND",
            async () => await models.GetModelAsync(new GetModelRequest { Name = "models/n" }, cancellationToken: Token));
    }

    [Theory]
    [InlineData("audience")]
    [InlineData("issuer")]
    [InlineData("expired")]
    [InlineData("key")]
    [InlineData("none")]
    [InlineData("role")]
    [InlineData("number")]
    [InlineData("symmetric")]
    public async Task Call_TokenWithADefect_IsRejected(string defect)
    {
        await using TestIssuer issuer = await TestIssuer.StartAsync();
        await using TestServer server = await StartAsync(issuer);
        Dictionary<string, object> claims = new() { ["roles"] = "admin" };
        string token = defect switch
        {
            "audience" => issuer.Token(claims, audience: "other"),
            "issuer" => issuer.Token(claims, issuer: "https://other.example"),
            "expired" => issuer.Token(claims, lifetime: TimeSpan.FromMinutes(-5)),
            "key" => issuer.Token(claims, key: TestIssuer.NewKey()),
            "none" => issuer.Unsigned("admin"),
            "role" => issuer.Token(new() { ["roles"] = "owner" }),
            "number" => issuer.Token(new() { ["roles"] = "4" }),
            _ => issuer.Token(claims)[..^2] + "AA",
        };

        await Refusal.ExpectAsync(StatusCode.Unauthenticated, "CREDENTIALS_INVALID", () => ListAsync(server, token));
    }

    [Fact]
    public async Task Call_KeyPublishedAfterTheStart_IsAcceptedAtTheFirstCall()
    {
        await using TestIssuer issuer = await TestIssuer.StartAsync();
        Microsoft.Extensions.Time.Testing.FakeTimeProvider clock = new(TimeProvider.System.GetUtcNow());
        using Authenticated parts = new(issuer, clock);
        string first = issuer.Token(new() { ["roles"] = "reader" });
        Assert.NotNull(await parts.Tokens.FindAsync(first, Token));

        issuer.Rotate();
        clock.Advance(TimeSpan.FromSeconds(5));
        Assert.NotNull(await parts.Tokens.FindAsync(issuer.Token(new() { ["roles"] = "reader" }), Token));

        // The key that the provider withdrew is gone as well, although it was good before.
        Assert.Null(await parts.Tokens.FindAsync(first, Token));
    }

    [Fact]
    public async Task Call_KeyWithdrawn_IsRejectedAfterTheRefreshInterval()
    {
        await using TestIssuer issuer = await TestIssuer.StartAsync();
        Microsoft.Extensions.Time.Testing.FakeTimeProvider clock = new(TimeProvider.System.GetUtcNow());
        using Authenticated parts = new(issuer, clock);
        string token = issuer.Token(new() { ["roles"] = "reader" });
        Assert.NotNull(await parts.Tokens.FindAsync(token, Token));

        issuer.Rotate();
        Assert.NotNull(await parts.Tokens.FindAsync(token, Token));
        clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Null(await parts.Tokens.FindAsync(token, Token));
    }

    [Fact]
    public async Task Call_KeyFile_IsAcceptedWithoutAnAuthority()
    {
        using TempFolder folder = new();
        await using TestIssuer issuer = await TestIssuer.StartAsync();
        await File.WriteAllTextAsync(folder.At("key.pem"), issuer.Key.ECDsa.ExportSubjectPublicKeyInfoPem(), Token);
        await using TestServer server = await TestServer.StartAsync(
            ("Authentication:Jwt:KeyFiles:0", folder.At("key.pem")),
            ("Authentication:Jwt:Issuer", issuer.Address),
            ("Authentication:Jwt:Audience", TestIssuer.Audience));

        await ListAsync(server, issuer.Token(new() { ["roles"] = "reader" }));
    }

    [Fact]
    public async Task Stream_TokenExpires_Ends()
    {
        await using TestIssuer issuer = await TestIssuer.StartAsync();
        await using TestServer server = await StartAsync(issuer, ("Authentication:Jwt:ClockSkew", "00:00:00"));
        string token = issuer.Token(new() { ["roles"] = "writer" }, lifetime: TimeSpan.FromSeconds(5));
        using AsyncDuplexStreamingCall<StreamPredictRequest, StreamPredictResponse> stream =
            new PredictionService.PredictionServiceClient(server.With(token)).StreamPredict(cancellationToken: Token);

        await Refusal.ExpectAsync(StatusCode.Unauthenticated, "CREDENTIALS_INVALID", () => stream.ResponseStream.MoveNext(Token));
    }

    private static Task<TestServer> StartAsync(TestIssuer issuer, params (string Key, string? Value)[] more) => TestServer.StartAsync(
    [
        ("Authentication:Jwt:Authority", issuer.Address),
        ("Authentication:Jwt:AllowHttp", "true"),
        ("Authentication:Jwt:Audience", TestIssuer.Audience),
        .. more,
    ]);

    private static async Task ListAsync(TestServer server, string token) =>
        await new ModelService.ModelServiceClient(server.With(token)).ListModelsAsync(new ListModelsRequest(), cancellationToken: Token);
}
