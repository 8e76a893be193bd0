using System.ComponentModel.DataAnnotations;

namespace TopicGrpc.Server.Tls;

/// <summary>
/// Certificates of the server; section <c>Server:Tls</c>. The server encrypts if <see cref="CertificateFile"/> is set. All files are read
/// again when their content changes.
/// </summary>
public sealed record TlsOptions
{
    /// <summary>
    /// Certificate of the server, followed by its intermediate certificates: a PEM file, or a PFX file (PKCS #12) that also has the key.
    /// Null, the default: no TLS.
    /// </summary>
    public string? CertificateFile { get; set; }

    /// <summary>Private key as a PEM file. Null, the default: the key is in <see cref="CertificateFile"/>.</summary>
    public string? KeyFile { get; set; }

    /// <summary>File with the password of the PFX file or of the encrypted key, without its final line break. Default: none.</summary>
    public string? PasswordFile { get; set; }

    /// <summary>Whether clients present a certificate. Default <see cref="ClientCertificates.None"/>.</summary>
    public ClientCertificates ClientCertificates { get; set; }

    /// <summary>PEM file with the authorities that issue client certificates; required unless clients present none.</summary>
    public string? ClientCaFile { get; set; }

    /// <summary>How often the files are compared with what was read. Default 10 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    public TimeSpan ReloadInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Section of the options, for messages.</summary>
    internal string Section { get; init; } = "Server:Tls";

    /// <summary>Whether the server encrypts.</summary>
    internal bool IsEnabled => !string.IsNullOrEmpty(CertificateFile);
}
