namespace TopicGrpc.Engine.Archive.Bertopic;

/// <summary>Types of the tensors that BERTopic writes, in the order of the safetensors format: wider types come first in a file.</summary>
internal enum TensorType
{
    /// <summary><c>I32</c>.</summary>
    Int32,

    /// <summary><c>F32</c>.</summary>
    Single,

    /// <summary><c>F64</c>.</summary>
    Double,

    /// <summary><c>I64</c>.</summary>
    Int64,
}
