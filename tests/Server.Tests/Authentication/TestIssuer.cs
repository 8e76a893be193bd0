using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace TopicGrpc.Server.Tests.Authentication;

/// <summary>An OpenID Connect provider in this process: discovery document, key set, and tokens.</summary>
internal sealed class TestIssuer : IAsyncDisposable
{
    public const string Audience = "topicgrpc";

    private readonly WebApplication _application;
    private List<ECDsaSecurityKey> _published = [];

    private TestIssuer(WebApplication application) => _application = application;

    public string Address { get; private set; } = "";

    public ECDsaSecurityKey Key { get; private set; } = NewKey();

    public static async Task<TestIssuer> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication application = builder.Build();
        TestIssuer issuer = new(application);
        issuer._published = [issuer.Key];
        application.MapGet("/.well-known/openid-configuration", () => Results.Text(
            JsonSerializer.Serialize(new { issuer = issuer.Address, jwks_uri = issuer.Address + "/keys" }), "application/json"));
        application.MapGet("/keys", () => Results.Text(issuer.KeySet(), "application/json"));
        await application.StartAsync(TestContext.Current.CancellationToken);
        issuer.Address = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return issuer;
    }

    /// <summary>Replaces the key with a new one.</summary>
    public void Rotate()
    {
        Key = NewKey();
        _published = [Key];
    }

    /// <summary>Makes a token.</summary>
    public string Token(
        Dictionary<string, object> claims,
        string audience = Audience,
        TimeSpan? lifetime = null,
        string? issuer = null,
        SecurityKey? key = null)
    {
        DateTime now = TimeProvider.System.GetUtcNow().UtcDateTime;
        TimeSpan valid = lifetime ?? TimeSpan.FromHours(1);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer ?? Address,
            Audience = audience,
            NotBefore = now.AddDays(-1),
            Expires = now + valid,
            Claims = claims,
            SigningCredentials = new SigningCredentials(key ?? Key, SecurityAlgorithms.EcdsaSha256),
        });
    }

    /// <summary>Makes a token without a signature.</summary>
    public string Unsigned(string role)
    {
        long expires = TimeProvider.System.GetUtcNow().AddHours(1).ToUnixTimeSeconds();
        string body = JsonSerializer.Serialize(new { iss = Address, aud = Audience, exp = expires, roles = role });
        return $"{Encode("""{"alg":"none"}""")}.{Encode(body)}.";

        static string Encode(string text) => Base64UrlEncoder.Encode(Encoding.UTF8.GetBytes(text));
    }

    [SuppressMessage(
        "Reliability",
        "CA2000:Dispose objects before losing scope",
        Justification = "The security key owns it.")]
    public static ECDsaSecurityKey NewKey() =>
        new(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = Guid.NewGuid().ToString("N") };

    public async ValueTask DisposeAsync() => await _application.DisposeAsync();

    private string KeySet() => JsonSerializer.Serialize(new
    {
        keys = _published.Select(static key =>
        {
            ECParameters parameters = key.ECDsa.ExportParameters(includePrivateParameters: false);
            return new
            {
                kty = "EC",
                crv = "P-256",
                use = "sig",
                kid = key.KeyId,
                x = Base64UrlEncoder.Encode(parameters.Q.X),
                y = Base64UrlEncoder.Encode(parameters.Q.Y),
            };
        }),
    });
}
