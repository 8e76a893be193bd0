using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace TopicGrpc.Server.Tls;

/// <summary>Handshake of each connection: TLS 1.2 or 1.3 with the newest certificates, and the check of the client's certificate.</summary>
internal sealed class TlsHandshake(TlsOptions options, TlsCertificates certificates, TimeProvider clock)
{
    /// <summary>Returns the callback for Kestrel, which adds HTTP/2 and HTTP/1.1 by ALPN.</summary>
    public TlsHandshakeCallbackOptions ToKestrel() => new() { OnConnection = _ => new(ForConnection()) };

    [SuppressMessage("Security", "CA5398:Avoid hardcoded SslProtocols values", Justification = "Some systems still allow TLS 1.0 and 1.1.")]
    private SslServerAuthenticationOptions ForConnection()
    {
        CertificateSet current = certificates.Current;
        SslServerAuthenticationOptions connection = new()
        {
            ServerCertificateContext = current.Server,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        };
        if (options.ClientCertificates != ClientCertificates.None)
        {
            connection.ClientCertificateRequired = true;
            connection.RemoteCertificateValidationCallback =
                (_, certificate, chain, _) => IsTrusted(certificate, chain, current.ClientAuthorities);
        }

        return connection;
    }

    /// <summary>Returns whether one of the authorities issued the certificate for clients, and it is valid now.</summary>
    private bool IsTrusted(X509Certificate? certificate, X509Chain? presented, X509Certificate2Collection authorities)
    {
        if (certificate is null)
        {
            return options.ClientCertificates == ClientCertificates.Allow;
        }

        return IssuedCertificates.IsValid(
            (X509Certificate2)certificate, presented, authorities, [IssuedCertificates.ClientAuthentication], clock);
    }
}
