using TopicGrpc.Cluster.ObjectStore;

namespace TopicGrpc.Cluster.Tests.ObjectStore;

/// <summary>Contents and limits of the tests.</summary>
internal static class Samples
{
    /// <summary>Returns bytes that depend on the seed alone.</summary>
    public static byte[] Bytes(int length, int seed = 1)
    {
        byte[] bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    public static ContentDescriptor Describe(byte[] bytes) => ContentDescriptor.Describe(new BytesContent(bytes), CancellationToken.None);

    /// <summary>Returns calls that retry at once.</summary>
    public static StoreCalls Calls(int attempts = 3, TimeSpan? timeout = null, TimeProvider? clock = null) => new(
        new StoreCallOptions
        {
            MaxAttempts = attempts,
            RetryDelay = TimeSpan.Zero,
            AttemptTimeout = timeout ?? TimeSpan.FromMinutes(5),
            MaxParallelCalls = 4,
        },
        clock ?? TimeProvider.System,
        static () => 0);

    public static async Task PutAsync(this ContentStore store, string key, byte[] bytes) =>
        await store.PutAsync(key, new BytesContent(bytes), Describe(bytes), TestContext.Current.CancellationToken);

    /// <summary>Returns the keys of at most 1,000 objects.</summary>
    public static async Task<IReadOnlyList<string>> KeysAsync(this ContentStore store, string prefix) =>
        [.. (await store.ListAsync(prefix, null, 1000, TestContext.Current.CancellationToken)).Objects.Select(static found => found.Key)];
}
