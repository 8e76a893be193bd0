using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace TopicGrpc.Explorer.Tests.SignIn;

/// <summary>
/// An OpenID Connect provider in this process: a form with one button, codes that are bound to a challenge (PKCE), refresh tokens that are
/// valid once, and a sign-out.
/// </summary>
internal sealed class TestProvider : IAsyncDisposable
{
    public const string Audience = "topicgrpc";
    public const string ClientId = "page";

    private readonly WebApplication _application;
    private readonly ECDsaSecurityKey _key;
    private readonly ConcurrentDictionary<string, (string Challenge, string Nonce, string Redirect)> _codes = new();
    private readonly ConcurrentDictionary<string, bool> _refreshTokens = new();
    private int _refreshes;

    private TestProvider(WebApplication application, ECDsaSecurityKey key)
    {
        _application = application;
        _key = key;
    }

    public string Address { get; private set; } = "";

    /// <summary>Role of the visitor.</summary>
    public string Role { get; set; } = "reader";

    /// <summary>Lifetime of the access tokens of a sign-in. Those of a refresh are valid for an hour.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Replaces the nonce of the ID token.</summary>
    public string? Nonce { get; set; }

    /// <summary>Number of exchanged refresh tokens.</summary>
    public int Refreshes => Volatile.Read(ref _refreshes);

    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The security key owns it.")]
    public static async Task<TestProvider> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication application = builder.Build();
        TestProvider provider = new(application, new(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = "k1" });
        application.MapGet("/.well-known/openid-configuration", provider.Discovery);
        application.MapGet("/keys", provider.Keys);
        application.MapGet("/authorize", Authorize);
        application.MapPost("/authorize", provider.Confirm).DisableAntiforgery();
        application.MapPost("/token", (HttpRequest request) => provider.ExchangeAsync(request)).DisableAntiforgery();
        application.MapGet("/logout", static (HttpRequest request) =>
            Results.Text($"signed out {request.Query["client_id"]}, back to {request.Query["post_logout_redirect_uri"]}"));
        await application.StartAsync(TestContext.Current.CancellationToken);
        provider.Address = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return provider;
    }

    public Task StopAsync() => _application.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync() => await _application.DisposeAsync();

    private IResult Discovery() => Results.Json(new
    {
        issuer = Address,
        authorization_endpoint = Address + "/authorize",
        token_endpoint = Address + "/token",
        jwks_uri = Address + "/keys",
        end_session_endpoint = Address + "/logout",
    });

    private IResult Keys()
    {
        ECParameters key = _key.ECDsa.ExportParameters(includePrivateParameters: false);
        return Results.Json(new
        {
            keys = new[]
            {
                new
                {
                    kty = "EC",
                    crv = "P-256",
                    use = "sig",
                    kid = _key.KeyId,
                    x = Base64UrlEncoder.Encode(key.Q.X),
                    y = Base64UrlEncoder.Encode(key.Q.Y),
                },
            },
        });
    }

    private static IResult Authorize(HttpRequest request) => request.Query["code_challenge_method"] != "S256"
        ? Results.BadRequest("PKCE is required")
        : Results.Text(
            $"""<!DOCTYPE html><form method="post" action="{request.Path}{request.QueryString}"><button>Allow</button></form>""",
            "text/html");

    private IResult Confirm(HttpRequest request)
    {
        IQueryCollection query = request.Query;
        string code = Guid.NewGuid().ToString("N");
        _codes[code] = (query["code_challenge"]!, query["nonce"]!, query["redirect_uri"]!);
        return Results.Redirect($"{query["redirect_uri"]}?code={code}&state={Uri.EscapeDataString(query["state"]!)}");
    }

    private async Task<IResult> ExchangeAsync(HttpRequest request)
    {
        IFormCollection form = await request.ReadFormAsync();
        if (form["grant_type"] == "refresh_token")
        {
            if (!_refreshTokens.TryRemove(form["refresh_token"]!, out _))
            {
                return Results.Json(new { error = "invalid_grant" }, statusCode: StatusCodes.Status400BadRequest);
            }

            Interlocked.Increment(ref _refreshes);
            return Results.Json(Issue(TimeSpan.FromHours(1), nonce: null));
        }

        string verifier = Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"]!)));
        return _codes.TryRemove(form["code"]!, out (string Challenge, string Nonce, string Redirect) code)
            && code.Challenge == verifier && code.Redirect == form["redirect_uri"] && form["client_id"] == ClientId
            ? Results.Json(Issue(Lifetime, code.Nonce))
            : Results.Json(new { error = "invalid_grant" }, statusCode: StatusCodes.Status400BadRequest);
    }

    private Dictionary<string, object> Issue(TimeSpan lifetime, string? nonce)
    {
        string refresh = Guid.NewGuid().ToString("N");
        _refreshTokens[refresh] = true;
        Dictionary<string, object> identity = new() { ["sub"] = "ann" };
        if (nonce is not null)
        {
            identity["nonce"] = Nonce ?? nonce;
        }

        return new()
        {
            ["token_type"] = "Bearer",
            ["access_token"] = Token(Audience, lifetime, new() { ["sub"] = "ann", ["roles"] = Role }),
            ["id_token"] = Token(ClientId, TimeSpan.FromHours(1), identity),
            ["refresh_token"] = refresh,
        };
    }

    private string Token(string audience, TimeSpan lifetime, Dictionary<string, object> claims)
    {
        DateTime now = TimeProvider.System.GetUtcNow().UtcDateTime;
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Address,
            Audience = audience,
            IssuedAt = now,
            NotBefore = now.AddDays(-1),
            Expires = now + lifetime,
            Claims = claims,
            SigningCredentials = new SigningCredentials(_key, SecurityAlgorithms.EcdsaSha256),
        });
    }
}
