using Microsoft.Extensions.Options;
using TopicGrpc.Server.Access;
using TopicGrpc.Server.Hosting;
using TopicGrpc.Server.Tls;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Authentication;

/// <summary>Checks that the options in <see cref="AuthenticationOptions"/> belong together.</summary>
internal sealed class AuthenticationRule(IOptions<ServerOptions> server) : IValidateOptions<AuthenticationOptions>
{
    private const string Prefix = AuthenticationOptions.SectionName + ":";

    // Symmetric algorithms would make every server that checks tokens able to issue them.
    private static readonly string[] Algorithms =
        ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, AuthenticationOptions options)
    {
        ValidateOptionsResultBuilder builder = new();
        AddJwt(options.Jwt, builder);
        for (int index = 0; index < options.Certificates.Count; index++)
        {
            AddCertificate(options.Certificates[index], FormattableString.Invariant($"{Prefix}Certificates:{index}:"), builder);
        }

        if (options.Certificates.Count > 0 && server.Value.Tls.ClientCertificates == ClientCertificates.None)
        {
            builder.AddError("need Server:Tls:ClientCertificates Allow or Require", Prefix + nameof(options.Certificates));
        }

        return builder.Build();
    }

    private static void AddJwt(JwtOptions jwt, ValidateOptionsResultBuilder builder)
    {
        const string Section = Prefix + "Jwt:";
        if (!jwt.IsEnabled)
        {
            if (!string.IsNullOrEmpty(jwt.Audience) || !string.IsNullOrEmpty(jwt.Issuer))
            {
                builder.AddError("or KeyFiles is required with Issuer or Audience", Section + nameof(jwt.Authority));
            }

            return;
        }

        if (string.IsNullOrEmpty(jwt.Audience))
        {
            builder.AddError("is required, because tokens for other services must be rejected", Section + nameof(jwt.Audience));
        }

        if (string.IsNullOrEmpty(jwt.Authority))
        {
            if (string.IsNullOrEmpty(jwt.Issuer))
            {
                builder.AddError("is required with KeyFiles", Section + nameof(jwt.Issuer));
            }
        }
        else if (!Uri.TryCreate(jwt.Authority, UriKind.Absolute, out Uri? authority)
            || !(authority.Scheme == Uri.UriSchemeHttps || (authority.Scheme == Uri.UriSchemeHttp && jwt.AllowHttp)))
        {
            builder.AddError($"'{jwt.Authority}' is not an https URL", Section + nameof(jwt.Authority));
        }
        else if (jwt.KeyFiles.Count > 0)
        {
            builder.AddError("is not allowed together with Authority", Section + nameof(jwt.KeyFiles));
        }

        foreach (string algorithm in jwt.Algorithms.Where(static algorithm => !Algorithms.Contains(algorithm)))
        {
            builder.AddError($"'{algorithm}' is not one of {string.Join(", ", Algorithms)}", Section + nameof(jwt.Algorithms));
        }
    }

    private static void AddCertificate(CertificateCaller caller, string section, ValidateOptionsResultBuilder builder)
    {
        if (string.IsNullOrEmpty(caller.Subject) && string.IsNullOrEmpty(caller.SubjectAlternativeName))
        {
            builder.AddError("or SubjectAlternativeName is required", section + nameof(caller.Subject));
        }

        if (caller.Role == Role.Unspecified || !Enum.IsDefined(caller.Role))
        {
            builder.AddError("must be Reader, Writer, Trainer or Admin", section + nameof(caller.Role));
        }

        foreach (string pattern in caller.Models.Concat(caller.Corpora).Where(static pattern => !NamePatterns.IsPattern(pattern)))
        {
            builder.AddError($"'{pattern}' does not match {NamePatterns.Form}", section + nameof(caller.Models));
        }
    }
}
