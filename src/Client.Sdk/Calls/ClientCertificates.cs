using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using TopicGrpc.Client.Configuration;

namespace TopicGrpc.Client.Calls;

/// <summary>The TLS settings of a connection.</summary>
internal static class ClientCertificates
{
    /// <summary>Reads the files of the options.</summary>
    /// <exception cref="InvalidOperationException">A file is missing or malformed.</exception>
    public static SslClientAuthenticationOptions Read(TopicGrpcClientOptions options)
    {
        SslClientAuthenticationOptions settings = new();
        if (options.CaFile is { Length: > 0 } authorities)
        {
            X509ChainPolicy policy = new()
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            policy.CustomTrustStore.AddRange(Authorities(authorities));
            settings.CertificateChainPolicy = policy;
        }

        if (options.ClientCertificateFile is { Length: > 0 } file)
        {
            X509Certificate2 certificate = Certificate(file, options.ClientKeyFile);
            settings.ClientCertificates = [certificate];

            // Without this, a certificate is sent only if the server names its authority.
            settings.LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate;
        }

        return settings;
    }

    private static X509Certificate2Collection Authorities(string file)
    {
        X509Certificate2Collection authorities = [];
        Read(nameof(TopicGrpcClientOptions.CaFile), file, () => authorities.ImportFromPemFile(file));
        return authorities.Count > 0
            ? authorities
            : throw new InvalidOperationException($"CaFile: '{file}' has no certificate in PEM form.");
    }

    private static X509Certificate2 Certificate(string file, string? keyFile)
    {
        X509Certificate2? certificate = null;
        Read(nameof(TopicGrpcClientOptions.ClientCertificateFile), file, () =>
        {
            using var read = X509Certificate2.CreateFromPemFile(file, string.IsNullOrEmpty(keyFile) ? file : keyFile);

            // TLS of some systems needs a key from PKCS #12.
            certificate = X509CertificateLoader.LoadPkcs12(read.Export(X509ContentType.Pkcs12), password: null);
        });
        return certificate!;
    }

    private static void Read(string option, string file, Action read)
    {
        try
        {
            read();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new InvalidOperationException($"{option}: '{file}' cannot be read: {exception.Message}", exception);
        }
    }
}
