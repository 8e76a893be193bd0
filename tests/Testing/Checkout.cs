namespace TopicGrpc.Testing;

/// <summary>The checkout that the tests were built from.</summary>
public static class Checkout
{
    /// <summary>Folder of <c>TopicGrpc.sln</c>.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Returns the path of a file or folder of the checkout.</summary>
    public static string At(params ReadOnlySpan<string> parts) => Path.Combine([Root, .. parts]);

    /// <summary>Returns the path of a file or folder below <c>../shared</c>, which need not exist.</summary>
    public static string Shared(params ReadOnlySpan<string> parts) => Path.GetFullPath(Path.Combine([Root, "..", "shared", .. parts]));

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "TopicGrpc.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("TopicGrpc.sln is in no parent folder of the tests.");
    }
}
