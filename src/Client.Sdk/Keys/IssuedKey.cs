namespace TopicGrpc.Client.Keys;

/// <summary>A new key or a new secret of a key.</summary>
/// <param name="Key">The key.</param>
/// <param name="Secret">What callers send. The server does not store it and never returns it again.</param>
public sealed record IssuedKey(ApiKeyInfo Key, string Secret)
{
    /// <summary>Returns the name of the key without its secret, so that a log does not get it.</summary>
    /// <returns>The name.</returns>
    public override string ToString() => Key.Name;
}
