using TopicGrpc.Server.Corpora;

namespace TopicGrpc.Server.Tests.Corpora;

/// <summary>Running erasures of one corpus, without a database.</summary>
internal sealed class HiddenPlaces : IRunningErasures
{
    private readonly Dictionary<string, HashSet<int>> _places = new(StringComparer.Ordinal);

    public void Add(FoundDocuments found) =>
        _places[found.FileId] = [.. PlacesOf(string.Empty, found.FileId), .. found.Items.Select(static item => item.Place)];

    public HashSet<int> PlacesOf(string corpusId, string fileId) => _places.GetValueOrDefault(fileId) ?? [];

    public bool IsRunning(string corpusId) => _places.Count > 0;
}
