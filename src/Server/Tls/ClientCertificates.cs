namespace TopicGrpc.Server.Tls;

/// <summary>Whether clients present a certificate.</summary>
public enum ClientCertificates
{
    /// <summary>The server asks for none.</summary>
    None,

    /// <summary>The server asks for one; a client without a certificate is accepted, a client with an invalid one is not.</summary>
    Allow,

    /// <summary>A connection without a valid certificate is rejected.</summary>
    Require,
}
