using TopicGrpc.Testing;

namespace TopicGrpc.Cli.Tests;

/// <summary>Reference data beside the checkout, under <c>../shared</c>.</summary>
internal static class SharedFile
{
    /// <summary>Returns the full path of a file; skips the test if it is missing.</summary>
    public static string At(string path)
    {
        string full = Checkout.Shared(path);
        Assert.SkipUnless(File.Exists(full), $"{full} is missing.");
        return full;
    }
}
