namespace TopicGrpc.Server.Tls;

/// <summary>Bytes of the files of <see cref="TlsOptions"/>; null for a file that is not configured.</summary>
internal sealed record CertificateContent(byte[] Certificate, byte[]? Key, byte[]? Password, byte[]? ClientAuthorities)
{
    /// <summary>Returns whether all files have the same bytes.</summary>
    public bool IsSameAs(CertificateContent other) =>
        Certificate.AsSpan().SequenceEqual(other.Certificate)
        && Key.AsSpan().SequenceEqual(other.Key)
        && Password.AsSpan().SequenceEqual(other.Password)
        && ClientAuthorities.AsSpan().SequenceEqual(other.ClientAuthorities);
}
