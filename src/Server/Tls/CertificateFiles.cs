using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace TopicGrpc.Server.Tls;

/// <summary>The files of <see cref="TlsOptions"/>: reads them and detects that one of them changed.</summary>
[SuppressMessage(
    "ApiDesign", "RS0030:Do not use banned APIs", Justification = "The files of the operator are outside the data folder.")]
internal sealed class CertificateFiles(TlsOptions options)
{
    private const long MaxBytes = 1 << 20;

    private static ReadOnlySpan<byte> PemStart => "-----BEGIN"u8;

    /// <summary>
    /// Reads the content of all files. Comparing content also finds files that are replaced behind a symbolic link, as Kubernetes does.
    /// </summary>
    /// <exception cref="InvalidDataException">A file is missing, unreadable or too large.</exception>
    public CertificateContent Read() => new(
        ReadFile(nameof(TlsOptions.CertificateFile), options.CertificateFile)!,
        ReadFile(nameof(TlsOptions.KeyFile), options.KeyFile),
        ReadFile(nameof(TlsOptions.PasswordFile), options.PasswordFile),
        ReadFile(nameof(TlsOptions.ClientCaFile), options.ClientCaFile));

    /// <summary>Parses certificates and key, and checks that they belong together.</summary>
    /// <exception cref="InvalidDataException">A file is malformed, or the key is not that of the certificate.</exception>
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The set owns the certificate.")]
    public CertificateSet Parse(CertificateContent content)
    {
        string? password = content.Password is { } bytes ? Encoding.UTF8.GetString(bytes).TrimEnd('\r', '\n') : null;
        X509Certificate2Collection chain = [];
        X509Certificate2 server = content.Certificate.AsSpan().IndexOf(PemStart) >= 0
            ? FromPem(content, password, chain)
            : FromPfx(content.Certificate, password, chain);
        return new CertificateSet(SslStreamCertificateContext.Create(server, chain, offline: true), Authorities(content.ClientAuthorities));
    }

    private byte[]? ReadFile(string option, string? path)
    {
        if (string.IsNullOrEmpty(path))
        {
            return null;
        }

        try
        {
            FileInfo file = new(path);
            return file.Exists && file.Length > MaxBytes
                ? throw Invalid(option, path, $"has {file.Length} bytes, more than the limit of {MaxBytes}")
                : File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Invalid(option, path, "cannot be read: " + exception.Message, exception);
        }
    }

    private X509Certificate2 FromPem(CertificateContent content, string? password, X509Certificate2Collection chain)
    {
        string certificates = Encoding.UTF8.GetString(content.Certificate);
        string key = content.Key is { } bytes ? Encoding.UTF8.GetString(bytes) : certificates;
        try
        {
            chain.ImportFromPem(certificates);
            X509Certificate2 server = password is null
                ? X509Certificate2.CreateFromPem(certificates, key)
                : X509Certificate2.CreateFromEncryptedPem(certificates, key, password);

            // The file starts with the server's certificate; only the others are intermediate ones.
            chain.RemoveAt(0);
            return server;
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            throw Invalid(
                nameof(TlsOptions.CertificateFile),
                options.CertificateFile!,
                $"and its key ({options.KeyFile ?? "in the same file"}) are no valid pair: {exception.Message}",
                exception);
        }
    }

    private X509Certificate2 FromPfx(byte[] content, string? password, X509Certificate2Collection chain)
    {
        try
        {
            chain.AddRange(X509CertificateLoader.LoadPkcs12Collection(content, password));
        }
        catch (CryptographicException exception)
        {
            throw Invalid(
                nameof(TlsOptions.CertificateFile),
                options.CertificateFile!,
                $"is neither a PEM file nor a PFX file that {options.Section}:PasswordFile opens: " + exception.Message,
                exception);
        }

        X509Certificate2 server = chain.FirstOrDefault(static certificate => certificate.HasPrivateKey)
            ?? throw Invalid(nameof(TlsOptions.CertificateFile), options.CertificateFile!, "has no private key");
        chain.Remove(server);
        return server;
    }

    private X509Certificate2Collection Authorities(byte[]? content)
    {
        X509Certificate2Collection authorities = [];
        if (content is null)
        {
            return authorities;
        }

        try
        {
            authorities.ImportFromPem(Encoding.UTF8.GetString(content));
        }
        catch (CryptographicException exception)
        {
            throw Invalid(nameof(TlsOptions.ClientCaFile), options.ClientCaFile!, "is malformed: " + exception.Message, exception);
        }

        return authorities.Count > 0
            ? authorities
            : throw Invalid(nameof(TlsOptions.ClientCaFile), options.ClientCaFile!, "has no certificate in PEM form");
    }

    private InvalidDataException Invalid(string option, string path, string what, Exception? inner = null) =>
        new($"{options.Section}:{option}: '{path}' {what}{(what.EndsWith('.') ? string.Empty : ".")}", inner);
}
