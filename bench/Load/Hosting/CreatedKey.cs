namespace TopicGrpc.Load.Hosting;

/// <summary>A key that a server process created.</summary>
/// <param name="Secret">The secret, as a client sends it.</param>
internal sealed record CreatedKey(string Secret);
