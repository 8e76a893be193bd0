using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace TopicGrpc.Server.Tls;

/// <summary>Certificates as they were read at one time. A connection uses one set until its end.</summary>
/// <param name="Server">Certificate, key and intermediate certificates of the server.</param>
/// <param name="ClientAuthorities">Authorities that issue client certificates; empty if clients present none.</param>
internal sealed record CertificateSet(SslStreamCertificateContext Server, X509Certificate2Collection ClientAuthorities)
{
    /// <summary>End of the server certificate's validity.</summary>
    public DateTimeOffset ValidUntil => new(Server.TargetCertificate.NotAfter.ToUniversalTime(), TimeSpan.Zero);
}
