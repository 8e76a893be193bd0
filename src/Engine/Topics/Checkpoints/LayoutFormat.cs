using TopicGrpc.Engine.Layout;
using TopicGrpc.Engine.Neighbors;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Topics.Checkpoints;

/// <summary>Form of a layout and of the positions of its variants. The rows of the layout are an input of the fit and not stored.</summary>
/// <param name="rows">Vectors of the layout, n × D.</param>
/// <param name="options">Settings of the layout.</param>
/// <param name="variants">Number of variants.</param>
internal sealed class LayoutFormat(Matrix rows, UmapOptions options, int variants) : IStageFormat<(UmapModel Layout, Matrix[] Variants)>
{
    /// <summary>Most levels of a search graph: each has at most an eighth of the rows of the level below, and its entries.</summary>
    private const int MaxLevels = 32;

    public void Write((UmapModel Layout, Matrix[] Variants) value, StageWriter target)
    {
        target.Write(value.Layout.A);
        target.Write(value.Layout.B);
        target.Write(value.Layout.Embedding);
        Array.ForEach(value.Variants, target.Write);
        List<SampledRows> levels = [];
        for (SampledRows? level = value.Layout.Graph?.Sample; level is not null; level = level.Graph.Sample)
        {
            levels.Add(level);
        }

        target.Write(value.Layout.Graph is null ? 0 : 1 + levels.Count);
        if (value.Layout.Graph is { } graph)
        {
            Write(graph, target);
        }

        foreach (SampledRows level in levels)
        {
            target.Write<int>(level.Rows);
            Write(level.Graph, target);
        }
    }

    public (UmapModel Layout, Matrix[] Variants) Read(StageReader source)
    {
        double a = source.Read<double>();
        double b = source.Read<double>();
        Matrix positions = source.ReadMatrix(rows.Rows, options.ComponentCount);
        var others = new Matrix[variants];
        for (int variant = 0; variant < variants; variant++)
        {
            others[variant] = source.ReadMatrix(rows.Rows, options.ComponentCount);
        }

        return (new UmapModel(options, a, b, rows, positions, ReadGraph(source)), others);
    }

    private static void Write(SearchGraph graph, StageWriter target)
    {
        target.Write(graph.Links.Span);
        target.Write<int>(graph.Entries);
    }

    private static SearchGraph ReadLevel(StageReader source, int members) =>
        new(source.ReadArray<int>((long)members * SearchGraph.Width), source.ReadArray<int>(0, members));

    private SearchGraph? ReadGraph(StageReader source)
    {
        int count = source.ReadCount(0, MaxLevels);
        if (count == 0)
        {
            return null;
        }

        List<SearchGraph> graphs = [ReadLevel(source, rows.Rows)];
        List<int[]> members = [];
        for (int level = 1; level < count; level++)
        {
            members.Add(source.ReadArray<int>(0, members.Count == 0 ? rows.Rows : members[^1].Length));
            graphs.Add(ReadLevel(source, members[^1].Length));
        }

        for (int level = count - 1; level > 0; level--)
        {
            graphs[level - 1] = graphs[level - 1] with { Sample = new SampledRows(members[level - 1], graphs[level]) };
        }

        return graphs[0];
    }
}
