using TopicGrpc.Architecture.Tests.Orders;
using Xunit;

namespace TopicGrpc.Architecture.Tests;

public sealed class FolderOrderTests
{
    private static readonly Dictionary<string, FolderOrder> Orders =
        FolderOrders.All.ToDictionary(static order => order.Assembly, StringComparer.Ordinal);

    private const string ExampleNamespace = "TopicGrpc.Architecture.Tests.Examples";

    private static readonly FolderGraph ExampleGraph = FolderGraph.Load("TopicGrpc.Architecture.Tests", ExampleNamespace);

    public static TheoryData<string> Assemblies => [.. Orders.Keys];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Assembly_EveryReferenceBetweenFolders_PointsUpInTheOrder(string assembly)
    {
        FolderOrder order = Orders[assembly];
        var graph = FolderGraph.Load(order.Assembly, order.RootNamespace);

        Assert.NotEmpty(graph.Folders);
        string[] wrong = [.. graph.DescribeCycles(), .. order.Violations(graph)];
        if (wrong.Length > 0)
        {
            Assert.Fail(string.Join('\n', wrong));
        }
    }

    [Fact]
    public void DescribeCycles_ReferenceInsideALambda_NamesBothDirections()
    {
        IReadOnlyList<string> cycles = ExampleGraph.DescribeCycles();

        Assert.Equal(
            ["cycle: Lower references Upper (LowerType -> UpperType)", "cycle: Upper references Lower (UpperType -> LowerType)"], cycles);
    }

    [Fact]
    public void Violations_ReferenceAgainstTheOrder_NamesTheTypes()
    {
        FolderOrder order = new("TopicGrpc.Architecture.Tests", ExampleNamespace, ["Lower", "Upper"]);

        Assert.Equal(["Lower must not reference Upper (LowerType -> UpperType)"], order.Violations(ExampleGraph));
    }

    [Fact]
    public void Violations_FolderUnknownOrMissing_NamesIt()
    {
        FolderOrder order = new("TopicGrpc.Architecture.Tests", ExampleNamespace, ["Upper", "Middle"]);

        Assert.Equal(
            ["Lower is missing in the order", "Middle is in the order, but the assembly has no such folder"],
            order.Violations(ExampleGraph));
    }
}
