using System.Reflection;
using TopicGrpc.Client.Testing;

namespace TopicGrpc.Client.Sdk.Tests.PublicSurface;

public sealed class PublicSurfaceTests
{
    private static readonly Assembly Sdk = typeof(TopicGrpcClient).Assembly;

    public static TheoryData<string> Listings => ["PublicApi", "PublicApi.Testing"];

    [Theory]
    [MemberData(nameof(Listings))]
    public void PublicApi_Compared_IsAsListed(string listing)
    {
        string listed = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, $"{listing}.txt"));

        string actual = ApiListing.Of(AssemblyOf(listing));

        if (actual != listed)
        {
            File.WriteAllText(Path.Combine(AppContext.BaseDirectory, $"{listing}.actual.txt"), actual);
        }

        // A change is meant: copy PublicApi.actual.txt from the output folder over PublicApi.txt and say in the changelog what users must do.
        Assert.Equal(listed, actual);
    }

    [Theory]
    [MemberData(nameof(Listings))]
    public void PublicApi_Types_AreNoneOfTheTransport(string listing)
    {
        string[] foreign =
        [
            .. ApiListing.Mentioned(AssemblyOf(listing))
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
                .Where(static method => !method.IsSpecialName && method.Name != nameof(IDisposable.Dispose) && (!method.IsVirtual || method.IsFinal))
                .Select(static method => $"{method.DeclaringType!.Name}.{method.Name}"),
        ];

        Assert.Empty(closed);
    }

    private static Assembly AssemblyOf(string listing) => listing == "PublicApi" ? Sdk : typeof(FakeTopicGrpc).Assembly;
}
