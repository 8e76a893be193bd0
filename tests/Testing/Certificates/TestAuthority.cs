using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace TopicGrpc.Testing.Certificates;

/// <summary>A certificate authority made for one test.</summary>
public sealed class TestAuthority : IDisposable
{
    public const string ServerUsage = "1.3.6.1.5.5.7.3.1";
    public const string ClientUsage = "1.3.6.1.5.5.7.3.2";

    private readonly X509Certificate2 _root;

    public TestAuthority(string name = "Test CA")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        _root = request.CreateSelfSigned(now.AddYears(-3), now.AddYears(3));
    }

    public string Pem => _root.ExportCertificatePem();

    /// <summary>Issues a certificate with its key.</summary>
    /// <param name="subject">Common name.</param>
    /// <param name="usage"><see cref="ServerUsage"/> or <see cref="ClientUsage"/>.</param>
    /// <param name="host">DNS name or IP address in the subject alternative name; null: none.</param>
    /// <param name="end">End of the validity; null: tomorrow.</param>
    public X509Certificate2 Issue(string subject, string usage, string? host = "127.0.0.1", DateTimeOffset? end = null) =>
        Issue(subject, [usage], host, end);

    /// <summary>Issues a certificate for several usages, as the other overload.</summary>
    public X509Certificate2 Issue(
        string subject, IEnumerable<string> usages, string? host = "127.0.0.1", DateTimeOffset? end = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new($"CN={subject}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([.. usages.Select(static usage => new Oid(usage))], false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_root, true, false));
        if (host is not null)
        {
            SubjectAlternativeNameBuilder names = new();
            if (IPAddress.TryParse(host, out IPAddress? address))
            {
                names.AddIpAddress(address);
            }
            else if (host.Contains("://", StringComparison.Ordinal))
            {
                names.AddUri(new Uri(host));
            }
            else
            {
                names.AddDnsName(host);
            }

            request.CertificateExtensions.Add(names.Build());
        }

        DateTimeOffset until = end ?? TimeProvider.System.GetUtcNow().AddDays(1);
        using X509Certificate2 issued = request.Create(_root, until.AddYears(-1), until, RandomNumberGenerator.GetBytes(8));
        using X509Certificate2 withKey = issued.CopyWithPrivateKey(key);

        // TLS of some systems needs a key from PKCS #12.
        return X509CertificateLoader.LoadPkcs12(
            withKey.Export(X509ContentType.Pkcs12),
            password: null,
            X509KeyStorageFlags.Exportable);
    }

    /// <summary>Writes certificate and key as one PEM file, so that both change at once.</summary>
    public static void Write(X509Certificate2 certificate, string path)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        string temporary = path + ".new";
        using ECDsa key = certificate.GetECDsaPrivateKey()!;
        File.WriteAllText(temporary, $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n");
        File.Move(temporary, path, overwrite: true);
    }

    public void Dispose() => _root.Dispose();
}
