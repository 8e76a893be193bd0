namespace TopicGrpc.Engine.Topics.Operations;

/// <summary>A model whose documents have a prefix before their ids. The order of the documents stays: all have the same one.</summary>
internal static class PrefixedIds
{
    public static TopicModel Of(TopicModel model, string prefix) => prefix.Length == 0 ? model : new TopicModel(model.State with
    {
        DocumentIds = [.. model.DocumentIds.Select(id => prefix + id)],
        Topics = [.. model.Topics.Select(topic => topic with
        {
            RepresentativeDocuments = [.. topic.RepresentativeDocuments.Select(document => document with { Id = prefix + document.Id })],
        })],

        // A merged model has none of these, so they are not prepared for it in vain.
        Layout = null,
        Clusters = null,
    });
}
