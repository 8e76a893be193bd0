using TopicGrpc.Explorer.Hosting;
using TopicGrpc.Server;
using TopicGrpc.Testing;

namespace TopicGrpc.Explorer.Tests.SignIn;

public sealed class OidcRulesTests
{
    [Fact]
    public void Check_NothingConfigured_IsValid() => Assert.Empty(OidcRules.Check(new OidcOptions()));

    [Theory]
    [InlineData(null, "page", null, "Authority", "is required")]
    [InlineData("http://id.example", "page", null, "Authority", "not an https URL")]
    [InlineData("id.example", "page", null, "Authority", "not an https URL")]
    [InlineData("https://id.example", null, null, "ClientId", "is required")]
    [InlineData("https://id.example", "page", "profile", "Scopes", "must contain 'openid'")]
    [InlineData("https://id.example", "page", "openid email", "Scopes", "is not a scope")]
    public void Check_BrokenRule_NamesTheOption(string? authority, string? client, string? scope, string option, string problem)
    {
        OidcOptions options = new() { Authority = authority, ClientId = client };
        if (scope is not null)
        {
            options.Scopes.Add(scope);
        }

        Assert.Contains(OidcRules.Check(options), broken =>
            broken.Option == option && broken.Problem.Contains(problem, StringComparison.Ordinal));
    }

    [Fact]
    public void Check_SecretFileMissing_NamesIt()
    {
        using TempFolder folder = new();
        OidcOptions options = new() { Authority = "https://id.example", ClientId = "page", ClientSecretFile = folder.At("secret") };

        (string option, string problem) = Assert.Single(OidcRules.Check(options));

        Assert.Equal("ClientSecretFile", option);
        Assert.Contains(folder.At("secret"), problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_ProviderWithoutTokensOfTheServer_FailsWithBothOptions()
    {
        using TempFolder folder = new();
        using FakeEmbedder embedder = new();
        Dictionary<string, string?> options = new()
        {
            ["Explorer:Oidc:Authority"] = "https://id.example",
            ["Explorer:Oidc:Scope"] = "openid",
        };
        ServerSettings settings = new() { DataDirectory = folder.Path, Embedder = embedder, Configuration = options };

        ServerStartException unknown = await Assert.ThrowsAsync<ServerStartException>(
            () => ServerHost.StartAsync(settings, TestContext.Current.CancellationToken));
        options.Remove("Explorer:Oidc:Scope");
        ServerStartException failure = await Assert.ThrowsAsync<ServerStartException>(
            () => ServerHost.StartAsync(settings, TestContext.Current.CancellationToken));

        Assert.Contains("Explorer:Oidc:Scope", unknown.Message, StringComparison.Ordinal);
        Assert.Contains("Explorer:Oidc:ClientId", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Authentication:Jwt", failure.Message, StringComparison.Ordinal);
    }
}
