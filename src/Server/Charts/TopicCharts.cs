using TopicGrpc.Engine.Charts;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Errors;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Charts;

/// <summary>Charts that need only the topics of a version.</summary>
internal static class TopicCharts
{
    public static string Bars(TopicModel model, RenderChartRequest request)
    {
        BarChartOptions defaults = new();
        return BarChart.Render(model.Topics, defaults with
        {
            TopicIds = Ids(request),
            LargestTopics = Or(request.MaxTopics, defaults.LargestTopics),
            WordCount = Or(request.WordCount, defaults.WordCount),
            Width = Or(request.Width, defaults.Width),
            Height = Or(request.Height, defaults.Height),
        });
    }

    public static string Map(TopicModel model, RenderChartRequest request, CancellationToken cancellationToken)
    {
        TopicMapOptions defaults = new();
        return TopicMapChart.Render(
            model.Topics,
            model.TopicEmbeddings,
            defaults with
            {
                TopicIds = Ids(request),
                LargestTopics = Largest(request),
                Width = Or(request.Width, defaults.Width),
                Height = Or(request.Height, defaults.Height),
            },
            cancellationToken);
    }

    public static string Heatmap(TopicModel model, RenderChartRequest request, CancellationToken cancellationToken)
    {
        HeatmapOptions defaults = new();
        return HeatmapChart.Render(model.Topics, model.TopicEmbeddings, defaults with
        {
            TopicIds = Ids(request),
            LargestTopics = Largest(request),
            Width = Or(request.Width, defaults.Width),
            Height = Or(request.Height, defaults.Height),
        }, cancellationToken);
    }

    public static string Hierarchy(TopicModel model, RenderChartRequest request, CancellationToken cancellationToken)
    {
        // A merged model has no term weights until update_topics recomputes them.
        if (model.TermWeights.Rows != model.Topics.Count)
        {
            throw Fault.NotAvailable("The version has no term weights to compare its topics by; run update_topics first.");
        }

        HierarchyOptions defaults = new();
        return HierarchyChart.Render(model.Topics, model.TermWeights, defaults with
        {
            TopicIds = Ids(request),
            LargestTopics = Largest(request),
            ColorThreshold = request.HasColorThreshold ? request.ColorThreshold : defaults.ColorThreshold,
            Width = Or(request.Width, defaults.Width),
        }, cancellationToken);
    }

    public static string Layers(TopicModel model, RenderChartRequest request)
    {
        if (model.Layers is null)
        {
            throw LayerMapping.NotAvailable();
        }

        LayersChartOptions defaults = new();
        return LayersChart.Render(model, defaults with
        {
            Width = Or(request.Width, defaults.Width),
            Height = request.Height == 0 ? null : request.Height,
        });
    }

    public static string Resolution(TopicModel model, RenderChartRequest request)
    {
        if (model.Report.Resolution.Count == 0)
        {
            throw Fault.NotAvailable(
                "The version has no tried sizes: they belong to a fit with the preset auto and without a given min_cluster_size.");
        }

        ResolutionChartOptions defaults = new();
        return ResolutionChart.Render(model.Report.Resolution, defaults with
        {
            Width = Or(request.Width, defaults.Width),
            Height = Or(request.Height, defaults.Height),
        });
    }

    public static string TermRank(TopicModel model, RenderChartRequest request)
    {
        TermRankOptions defaults = new();
        return TermRankChart.Render(model.Topics, defaults with
        {
            TopicIds = [.. request.TopicIds],
            Logarithmic = request.LogScale,
            Width = Or(request.Width, defaults.Width),
            Height = Or(request.Height, defaults.Height),
        });
    }

    /// <summary>Returns the requested topics; null if the request names none.</summary>
    public static int[]? Ids(RenderChartRequest request) => request.TopicIds.Count > 0 ? [.. request.TopicIds] : null;

    /// <summary>Returns the requested number of topics; null for all.</summary>
    public static int? Largest(RenderChartRequest request) => request.MaxTopics == 0 ? null : request.MaxTopics;

    public static int Or(int value, int whenZero) => value == 0 ? whenZero : value;
}
