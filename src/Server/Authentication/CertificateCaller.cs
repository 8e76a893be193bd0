using TopicGrpc.V1;

namespace TopicGrpc.Server.Authentication;

/// <summary>A client certificate and what its callers may do. The certificate must be valid under <c>Server:Tls:ClientCaFile</c>.</summary>
public sealed class CertificateCaller
{
    /// <summary>Distinguished name of the subject, for example <c>CN=batch, O=Example</c>. Null: any subject.</summary>
    public string? Subject { get; set; }

    /// <summary>
    /// DNS name, URI or e-mail address in the subject alternative name, for example <c>spiffe://example/batch</c>. Null: any.
    /// </summary>
    public string? SubjectAlternativeName { get; set; }

    /// <summary>What the callers may do.</summary>
    public Role Role { get; set; }

    /// <summary>
    /// Ids of the models that the callers see; an asterisk matches any characters. Default: none is written, every model.
    /// </summary>
    public IList<string> Models { get; } = [];

    /// <summary>Ids of the corpora that the callers see, as <see cref="Models"/>.</summary>
    public IList<string> Corpora { get; } = [];
}
