using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics.Grouping;
using TopicGrpc.Engine.Topics.Reports;

namespace TopicGrpc.Engine.Topics.Fitting;

/// <summary>
/// A fit on documents with one and the same embedding. UMAP would spread them at random, and HDBSCAN would find topics in that noise:
/// they are one topic.
/// </summary>
internal static class IdenticalDocuments
{
    /// <summary>Largest difference of equal embeddings; batches of different lengths round differently.</summary>
    private const float Tolerance = 1e-5f;

    public static bool Are(Matrix embeddings)
    {
        ReadOnlySpan<float> first = embeddings.Row(0);
        for (int row = 1; row < embeddings.Rows; row++)
        {
            ReadOnlySpan<float> other = embeddings.Row(row);
            for (int i = 0; i < first.Length; i++)
            {
                if (!(MathF.Abs(first[i] - other[i]) <= Tolerance))
                {
                    return false;
                }
            }
        }

        return true;
    }

    public static TopicModel Fit(FitContext fit)
    {
        int[] single = new int[fit.Input.Embeddings.Rows];
        var plan = TopicPlan.FromClusters(single, fit.Input.Embeddings, fit.Options.Reduction, fit.Compute, fit.CancellationToken);
        TopicModel model = CentroidModel.Create(fit, layout: null, plan, new string?[plan.Assignments.TopicCount]);
        FitWarning warning = new(
            FitWarning.IdenticalDocuments,
            "All documents have the same embedding, so they are one topic. Check that the documents have the right texts.");
        return model.WithReport(model.Report with { Warnings = [warning, .. model.Report.Warnings] });
    }
}
