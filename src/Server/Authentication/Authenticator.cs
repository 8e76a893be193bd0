using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using TopicGrpc.Server.Access;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Keys;
using TopicGrpc.Server.Members;
using TopicGrpc.Shared;

namespace TopicGrpc.Server.Authentication;

/// <summary>
/// Finds the caller of a request by its key, token or client certificate, in this order. If the request has a key or a token that is not
/// valid, its certificate does not count.
/// </summary>
internal sealed class Authenticator(
    IOptions<AuthenticationOptions> options,
    KeyStore keys,
    JwtCallers tokens,
    CertificateCallers certificates,
    IChangeFeed changes)
{
    private const string Scheme = "Bearer ";

    private static readonly CallerFeature Open = new(Caller.Anonymous, Failure: null);
    private static readonly CallerFeature Missing = new(Caller.Nobody, AccessFault.CredentialsMissing());
    private static readonly CallerFeature Invalid = new(Caller.Nobody, AccessFault.CredentialsInvalid());
    private static readonly CallerFeature Unknown = new(Caller.Nobody, Fault.ChangesUnavailable(inner: null));

    /// <summary>Whether calls need credentials now.</summary>
    public bool IsRequired => options.Value.Enabled ?? (keys.HasKeys || tokens.IsEnabled || certificates.IsEnabled);

    /// <summary>Whether a caller can have valid credentials.</summary>
    public bool IsPossible => keys.HasUsableAdmin || tokens.IsEnabled || certificates.IsEnabled;

    /// <summary>Returns the caller of a request, or why it is rejected.</summary>
    public ValueTask<CallerFeature> AuthenticateAsync(HttpContext context)
    {
        if (!IsRequired)
        {
            return new(Open);
        }

        StringValues authorization = context.Request.Headers.Authorization;
        StringValues key = context.Request.Headers[HeaderNames.ApiKey];
        if (authorization.Count + key.Count == 0)
        {
            return new(OfCertificate(context));
        }

        // Two headers, or one with two values: a proxy could check one and the server the other.
        if (authorization.Count + key.Count > 1)
        {
            return new(Invalid);
        }

        ReadOnlySpan<char> text = key.Count > 0 ? key.ToString() : authorization.ToString();
        if (key.Count == 0)
        {
            if (!text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            {
                return new(Invalid);
            }

            text = text[Scheme.Length..].Trim();
        }

        if (keys.Authenticate(text) is { } caller)
        {
            return new(new CallerFeature(caller, Failure: null));
        }

        if (KeySecret.TryGetId(text, out _) && !changes.IsCurrent)
        {
            // Another member may have created or rotated the key, so the client must not take it for invalid.
            return new(Unknown);
        }

        return key.Count == 0 && tokens.IsEnabled ? OfTokenAsync(text.ToString(), context.RequestAborted) : new(Invalid);
    }

    private async ValueTask<CallerFeature> OfTokenAsync(string token, CancellationToken cancellationToken) =>
        await tokens.FindAsync(token, cancellationToken) is { } caller ? new CallerFeature(caller, Failure: null) : Invalid;

    private CallerFeature OfCertificate(HttpContext context)
    {
        if (!certificates.IsEnabled || context.Connection.ClientCertificate is not { } certificate)
        {
            return Missing;
        }

        return certificates.Find(certificate) is { } caller ? new CallerFeature(caller, Failure: null) : Invalid;
    }
}
