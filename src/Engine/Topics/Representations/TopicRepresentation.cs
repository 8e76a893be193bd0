namespace TopicGrpc.Engine.Topics.Representations;

/// <summary>A way to choose the words that describe a topic; BERTopic's representation models.</summary>
public abstract record TopicRepresentation
{
    /// <summary>Whether the training documents are needed.</summary>
    public abstract bool NeedsDocuments { get; }

    /// <summary>Chooses words.</summary>
    /// <param name="words">Words of each topic row so far, best first.</param>
    /// <param name="input">The model and the encoder.</param>
    /// <returns>New words of each topic row, best first.</returns>
    internal abstract TopicWord[][] Choose(TopicWord[][] words, RepresentationInput input);

    /// <summary>Checks the settings.</summary>
    /// <exception cref="ArgumentException">One is outside its range.</exception>
    internal abstract void Validate();
}
