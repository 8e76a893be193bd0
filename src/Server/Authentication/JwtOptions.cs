using System.ComponentModel.DataAnnotations;

namespace TopicGrpc.Server.Authentication;

/// <summary>JSON web tokens; section <c>Authentication:Jwt</c>. Tokens are accepted if an authority or a key file is set.</summary>
public sealed record JwtOptions
{
    /// <summary>
    /// URL of an OpenID Connect provider, whose discovery document names issuer and keys. Null, the default: <see cref="KeyFiles"/>.
    /// </summary>
    public string? Authority { get; set; }

    /// <summary>Whether the authority may be reached without TLS, for tests. Default false.</summary>
    public bool AllowHttp { get; set; }

    /// <summary>PEM files with public keys (RSA or EC) instead of an authority. Default: none.</summary>
    public IList<string> KeyFiles { get; } = [];

    /// <summary>Issuer (<c>iss</c>) of the tokens. Null, the default: that of the discovery document; required with key files.</summary>
    public string? Issuer { get; set; }

    /// <summary>Audience (<c>aud</c>) that a token must have. Required.</summary>
    public string? Audience { get; set; }

    /// <summary>Signature algorithms. Empty, the default: RS256 and ES256.</summary>
    public IList<string> Algorithms { get; } = [];

    /// <summary>Difference of clocks that is tolerated. Default 30 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How often the keys of the authority are read. A key that the authority withdrew is rejected after this time. Default 5 minutes.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00")]
    public TimeSpan RefreshInterval { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Claim with the role: <c>reader</c>, <c>writer</c>, <c>trainer</c> or <c>admin</c>; the highest counts. Default <c>roles</c>.
    /// </summary>
    [Required]
    public string RoleClaim { get; set; } = "roles";

    /// <summary>Claim with patterns of models. Null, the default: every model. If it is set, a token without the claim sees none.</summary>
    public string? ModelsClaim { get; set; }

    /// <summary>Claim with patterns of corpora, as <see cref="ModelsClaim"/>.</summary>
    public string? CorporaClaim { get; set; }

    /// <summary>
    /// The algorithms that are accepted. Configuration adds to a list, so the default cannot be in <see cref="Algorithms"/>.
    /// </summary>
    internal IList<string> AcceptedAlgorithms => Algorithms.Count > 0 ? Algorithms : ["RS256", "ES256"];

    /// <summary>Whether tokens are accepted.</summary>
    internal bool IsEnabled => !string.IsNullOrEmpty(Authority) || KeyFiles.Count > 0;
}
