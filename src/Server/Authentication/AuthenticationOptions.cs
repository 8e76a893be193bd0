using Microsoft.Extensions.Options;

namespace TopicGrpc.Server.Authentication;

/// <summary>Who callers are; section <c>Authentication</c>. API keys are in the data folder and need no option.</summary>
public sealed class AuthenticationOptions
{
    /// <summary>Name of the section.</summary>
    public const string SectionName = "Authentication";

    /// <summary>
    /// Whether calls need credentials. Null, the default: they do as soon as a key was created, or if <see cref="Jwt"/> or
    /// <see cref="Certificates"/> are configured.
    /// </summary>
    public bool? Enabled { get; set; }

    /// <summary>Tokens of an identity provider. Default: none are accepted.</summary>
    [ValidateObjectMembers(typeof(JwtOptionsValidator))]
    public JwtOptions Jwt { get; set; } = new();

    /// <summary>Client certificates that authenticate a caller; the first that matches counts. Default: none.</summary>
    public IList<CertificateCaller> Certificates { get; } = [];
}
