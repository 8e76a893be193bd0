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
        target.Write(value.Layout.Graph is not null);
        if (value.Layout.Graph is { } graph)
        {
            Write(graph, target);
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

        SearchGraph? graph = source.Read<bool>() ? ReadGraph(source, rows.Rows, MaxLevels) : null;
        return (new UmapModel(options, a, b, rows, positions, graph), others);
    }

    /// <summary>Writes a level, and then the levels above it.</summary>
    private static void Write(SearchGraph graph, StageWriter target)
    {
        target.Write(graph.Links.Span);
        target.Write<int>(graph.Entries);
        target.Write(graph.Sample is not null);
        if (graph.Sample is { } sample)
        {
            target.Write<int>(sample.Rows);
            Write(sample.Graph, target);
        }
    }

    /// <summary>Reads a level and the levels above it.</summary>
    private static SearchGraph ReadGraph(StageReader source, int members, int levels)
    {
        SearchGraph graph = new(source.ReadArray<int>((long)members * SearchGraph.Width), source.ReadArray<int>(0, members));
        if (!source.Read<bool>())
        {
            return graph;
        }

        int[] sample = source.ReadArray<int>(0, members);
        return levels > 1
            ? graph with { Sample = new SampledRows(sample, ReadGraph(source, sample.Length, levels - 1)) }
            : throw new InvalidDataException($"The search graph has more than {MaxLevels} levels.");
    }
}
