using TopicGrpc.Engine.Topics.Grouping;

namespace TopicGrpc.Engine.Topics.Fitting;

/// <summary>
/// A fit with given topics: they are numbered by size, reduced if <c>nr_topics</c> is set, and described. The model predicts by centroid.
/// </summary>
internal static class ManualTopicsFit
{
    public static TopicModel Run(FitContext fit, DocumentClasses classes)
    {
        var plan = TopicPlan.FromClusters(classes.Numbers, fit.Input.Embeddings, fit.Options.Reduction, fit.Compute, fit.CancellationToken);
        string?[] names = new string?[plan.Assignments.TopicCount];
        foreach (IGrouping<int, string> topic in Enumerable.Range(0, classes.Names.Length)
            .GroupBy(number => plan.FromBefore[number], number => classes.Names[number]))
        {
            // A topic merged from several classes has no single name.
            names[topic.Key] = topic.Count() == 1 ? topic.Single() : null;
        }

        return CentroidModel.Create(fit, layout: null, plan, names);
    }
}
