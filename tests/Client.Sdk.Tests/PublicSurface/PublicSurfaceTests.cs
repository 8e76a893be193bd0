using System.Reflection;
using TopicGrpc.Client.Testing;

namespace TopicGrpc.Client.Sdk.Tests.PublicSurface;

public sealed class PublicSurfaceTests
{
    private static readonly Assembly Sdk = typeof(TopicGrpcClient).Assembly;

    public static TheoryData<string> Listings => ["Client.Sdk", "Client.Testing"];

    /// <summary>The analyzer compares the members; this test fails if the analyzer no longer runs and the listing becomes stale.</summary>
    [Theory]
    [MemberData(nameof(Listings))]
    public void PublicApi_Compared_IsAsListed(string project)
    {
        HashSet<string> listed = new(StringComparer.Ordinal);
        foreach (string file in new[] { "Shipped", "Unshipped" })
        {
            listed.UnionWith(File.ReadLines(Path.Combine(AppContext.BaseDirectory, project, $"PublicAPI.{file}.txt")));
        }

        string[] unlisted =
            [
                .. AssemblyOf(project)
                    .GetExportedTypes()
                    .Select(static type => type.FullName!.Replace('+', '.'))
                    .Where(type => !listed.Contains(type)),
            ];

        Assert.Empty(unlisted);
    }

    [Theory]
    [MemberData(nameof(Listings))]
    public void PublicApi_Types_AreNoneOfTheTransport(string project)
    {
        string[] foreign =
        [
            .. ApiTypes.MentionedIn(AssemblyOf(project))
                .Where(static mention => mention.Type.Namespace is { } name
                    && (name.StartsWith("Google", StringComparison.Ordinal)
                        || name.StartsWith("Grpc", StringComparison.Ordinal)
                        || name.StartsWith("Polly", StringComparison.Ordinal)
                        || name.StartsWith("TopicGrpc.V1", StringComparison.Ordinal)
                        || name.StartsWith("TopicGrpc.Shared", StringComparison.Ordinal)))
                .Select(static mention => $"{mention.Member}: {mention.Type}"),
        ];

        Assert.Empty(foreign);
    }

    [Fact]
    public void SubClients_Methods_CanBeFaked()
    {
        string[] closed =
        [
            .. Sdk.GetExportedTypes()
                .Where(static type => type.Name.EndsWith("Client", StringComparison.Ordinal))
                .SelectMany(static type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
                .Where(
                    static method =>
                        !method.IsSpecialName && method.Name != nameof(IDisposable.Dispose) && (!method.IsVirtual || method.IsFinal))
                .Select(static method => $"{method.DeclaringType!.Name}.{method.Name}"),
        ];

        Assert.Empty(closed);
    }

    private static Assembly AssemblyOf(string project) => project == "Client.Sdk" ? Sdk : typeof(FakeTopicGrpc).Assembly;
}
