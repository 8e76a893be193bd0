using System.Diagnostics.CodeAnalysis;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Orleans.Connections.Security;
using TopicGrpc.Server.Tls;

namespace TopicGrpc.Cluster.Silo;

/// <summary>
/// TLS between silos. Both sides present a certificate; the authorities of the cluster decide who is a member, not a host name. New
/// connections use the newest files.
/// </summary>
internal sealed class SiloTls(TlsCertificates certificates, TimeProvider clock)
{
    /// <summary>Sets the options of incoming and outgoing connections.</summary>
    [SuppressMessage("Security", "CA5398:Avoid hardcoded SslProtocols values", Justification = "Some systems still allow TLS 1.0 and 1.1.")]
    public void Configure(Orleans.Connections.Security.TlsOptions options)
    {
        options.LocalCertificate = Local; // Orleans requires it; the selectors below replace it.
        options.LocalServerCertificateSelector = (_, _) => Local;
        options.LocalClientCertificateSelector = (_, _, _, _, _) => Local;
        options.RemoteCertificateMode = RemoteCertificateMode.RequireCertificate;
        options.ClientCertificateMode = RemoteCertificateMode.RequireCertificate;
        options.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
        options.RemoteCertificateValidation = (certificate, chain, _) => IsMember(certificate, chain);
        options.OnAuthenticateAsClient = static (_, connection) => connection.TargetHost = "silo.topicgrpc.internal";
    }

    private X509Certificate2 Local => certificates.Current.Server.TargetCertificate;

    /// <summary>Returns whether an authority of the cluster issued the certificate, for servers and clients, and it is valid now.</summary>
    internal bool IsMember(X509Certificate2 certificate, X509Chain? presented) => IssuedCertificates.IsValid(
        certificate,
        presented,
        certificates.Current.ClientAuthorities,
        [IssuedCertificates.ServerAuthentication, IssuedCertificates.ClientAuthentication],
        clock);
}
