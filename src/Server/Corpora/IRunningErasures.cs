namespace TopicGrpc.Server.Corpora;

/// <summary>Documents that are erased and whose bytes are not removed yet.</summary>
internal interface IRunningErasures
{
    /// <summary>Returns the places of the documents in a document file.</summary>
    HashSet<int> PlacesOf(string corpusId, string fileId);

    /// <summary>Returns whether an erasure of a corpus runs.</summary>
    bool IsRunning(string corpusId);
}
