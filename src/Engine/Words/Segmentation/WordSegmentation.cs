namespace TopicGrpc.Engine.Words.Segmentation;

/// <summary>Rule that splits texts into words.</summary>
public enum WordSegmentation
{
    /// <summary>
    /// scikit-learn's default <c>token_pattern</c>: runs of two or more letters, digits and low lines. A combining mark ends a word, and
    /// a sentence without spaces is one word.
    /// </summary>
    TokenPattern,

    /// <summary>
    /// Word boundaries for all scripts (<see cref="ScriptWords"/>): combining marks belong to their word; Han characters form pairs,
    /// and scripts without spaces are split by a word list or into groups of characters.
    /// </summary>
    Unicode,
}
