using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace TopicGrpc.Server.Tls;

/// <summary>Certificates that authorities of the operator issue. The authorities of the system do not count.</summary>
internal static class IssuedCertificates
{
    /// <summary>Usage of a certificate of a server.</summary>
    public const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <summary>Usage of a certificate of a client.</summary>
    public const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    /// <summary>Returns whether an authority issued a certificate for some usages, and it is valid now.</summary>
    /// <param name="certificate">Certificate of the other side.</param>
    /// <param name="presented">Chain of the handshake, whose certificates may complete the chain; null: none.</param>
    /// <param name="authorities">Authorities.</param>
    /// <param name="usages">Object identifiers of the usages; the certificate needs all.</param>
    /// <param name="clock">Clock.</param>
    public static bool IsValid(
        X509Certificate2 certificate,
        X509Chain? presented,
        X509Certificate2Collection authorities,
        ReadOnlySpan<string> usages,
        TimeProvider clock)
    {
        using X509Chain chain = new();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        foreach (string usage in usages)
        {
            chain.ChainPolicy.ApplicationPolicy.Add(new Oid(usage));
        }

        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = clock.GetUtcNow().UtcDateTime;
        if (presented is not null)
        {
            chain.ChainPolicy.ExtraStore.AddRange(presented.ChainPolicy.ExtraStore);
        }

        return chain.Build(certificate);
    }
}
