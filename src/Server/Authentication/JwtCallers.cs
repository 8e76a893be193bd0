using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using TopicGrpc.Server.Access;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Authentication;

/// <summary>Finds the caller of a JSON web token: checks signature, algorithm, issuer, audience and times, then reads its claims.</summary>
internal sealed class JwtCallers(IOptions<AuthenticationOptions> options, SigningKeys keys, TimeProvider clock)
{
    private const int MaxTokenBytes = 16 << 10;

    private readonly JwtOptions _options = options.Value.Jwt;
    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = MaxTokenBytes };

    /// <summary>Whether tokens are accepted.</summary>
    public bool IsEnabled => _options.IsEnabled;

    /// <summary>Returns the caller of a token; null: the token is not valid, or has no role.</summary>
    public async ValueTask<Caller?> FindAsync(string token, CancellationToken cancellationToken)
    {
        if (token.Length > MaxTokenBytes || await keys.GetAsync(unknownKeyId: null, cancellationToken) is not { } set)
        {
            return null;
        }

        TokenValidationResult result = await ValidateAsync(token, set);
        if (result.Exception is SecurityTokenSignatureKeyNotFoundException
            && await keys.GetAsync(KeyIdOf(token), cancellationToken) is { } newer
            && newer != set)
        {
            result = await ValidateAsync(token, newer);
        }

        return result is { IsValid: true, SecurityToken: JsonWebToken valid } ? CallerOf(valid) : null;
    }

    private Task<TokenValidationResult> ValidateAsync(string token, SigningKeySet set) => _handler.ValidateTokenAsync(
        token,
        new TokenValidationParameters
        {
            ValidIssuer = set.Issuer,
            ValidAudience = _options.Audience,
            ValidAlgorithms = _options.AcceptedAlgorithms,
            IssuerSigningKeys = set.Keys,
            ClockSkew = _options.ClockSkew,
            RequireExpirationTime = true,
            RequireSignedTokens = true,
            LifetimeValidator = (notBefore, expires, _, _) => IsInTime(notBefore, expires),
        });

    private bool IsInTime(DateTime? notBefore, DateTime? expires)
    {
        DateTime now = clock.GetUtcNow().UtcDateTime;
        return expires > now - _options.ClockSkew && !(notBefore > now + _options.ClockSkew);
    }

    private static string KeyIdOf(string token) => new JsonWebToken(token).Kid;

    private Caller? CallerOf(JsonWebToken token)
    {
        Role role = Values(token, _options.RoleClaim)
            .Select(static value => Enum.TryParse(value, ignoreCase: true, out Role parsed) && IsName(value) ? parsed : Role.Unspecified)
            .DefaultIfEmpty(Role.Unspecified)
            .Max();
        if (role == Role.Unspecified)
        {
            return null;
        }

        Grant grant = new(role, Patterns(token, _options.ModelsClaim), Patterns(token, _options.CorporaClaim));
        string subject = token.Subject is { Length: > 0 and <= 200 } given ? given : "unknown";
        return new Caller("tokens/" + subject, grant, Access.Quota.None)
        {
            ValidUntil = new DateTimeOffset(DateTime.SpecifyKind(token.ValidTo, DateTimeKind.Utc)) + _options.ClockSkew,
        };
    }

    // Enum.TryParse also accepts numbers.
    private static bool IsName(string value) => char.IsAsciiLetter(value[0]);

    private static NamePatterns Patterns(JsonWebToken token, string? claim) =>
        string.IsNullOrEmpty(claim) ? NamePatterns.All : new NamePatterns(Values(token, claim).Where(NamePatterns.IsPattern));

    /// <summary>Returns the values of a claim. Providers write several as an array, or in one string with spaces.</summary>
    private static IEnumerable<string> Values(JsonWebToken token, string claim) => token.Claims
        .Where(given => given.Type == claim)
        .SelectMany(static given => given.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
