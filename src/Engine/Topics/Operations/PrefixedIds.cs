namespace TopicGrpc.Engine.Topics.Operations;

/// <summary>Prefix for the document ids of a model. A common prefix keeps the order of the documents.</summary>
internal static class PrefixedIds
{
    public static TopicModel Of(TopicModel model, string prefix) => prefix.Length == 0 ? model : new TopicModel(model.State with
    {
        DocumentIds = [.. model.DocumentIds.Select(id => prefix + id)],
        Topics = [.. model.Topics.Select(topic => topic with
        {
            RepresentativeDocuments = [.. topic.RepresentativeDocuments.Select(document => document with { Id = prefix + document.Id })],
        })],

        // A merged model has neither, so building its predictor would be wasted work.
        Layout = null,
        Clusters = null,
        Layers = null,
        Refinements = [],
    });
}
