using TopicGrpc.Testing;

namespace TopicGrpc.Deployment.Tests;

/// <summary>Files of <c>deploy/</c> and the names that the server gives its instruments.</summary>
internal static class DeployedFiles
{
    public static string Read(string path) => File.ReadAllText(Path.Combine(Checkout.Root, path));

    /// <summary>All C# code of the server.</summary>
    public static string ServerSource() => string.Concat(
        Directory
            .EnumerateFiles(Path.Combine(Checkout.Root, "src", "Server"), "*.cs", SearchOption.AllDirectories)
            .Select(File.ReadAllText));
}
