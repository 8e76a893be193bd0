namespace TopicGrpc.Explorer.Fitting;

/// <summary>Form of the value of a setting.</summary>
public enum SettingKind
{
    /// <summary>A whole number.</summary>
    Whole,

    /// <summary>A number.</summary>
    Number,

    /// <summary>True or false.</summary>
    Flag,

    /// <summary>One of several words.</summary>
    Choice,

    /// <summary>A text.</summary>
    Text,

    /// <summary>Texts, one a line.</summary>
    Lines,

    /// <summary>Lists of words, one list a line, the words separated by commas.</summary>
    WordLists,

    /// <summary>Two whole numbers, the smaller first.</summary>
    Range,
}
