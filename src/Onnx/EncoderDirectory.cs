using TopicGrpc.Onnx.Assets;

namespace TopicGrpc.Onnx;

/// <summary>Location of the encoder files.</summary>
public static class EncoderDirectory
{
    /// <summary>Path of the default encoder, relative to the repository or to a published program.</summary>
    public static string RelativePath { get; } = Path.Combine("models", "all-MiniLM-L6-v2");

    /// <summary>
    /// Finds <see cref="RelativePath"/> in the program's folder or a folder above it: next to a published program, or at
    /// the root of the repository.
    /// </summary>
    /// <returns>Full path of the encoder folder.</returns>
    /// <exception cref="FileNotFoundException">No folder contains the encoder.</exception>
    public static string FindDefault() => FindFrom(AppContext.BaseDirectory);

    internal static string FindFrom(string start)
    {
        for (DirectoryInfo? folder = new(start); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, RelativePath);
            if (File.Exists(Path.Combine(candidate, EncoderManifest.FileName)))
            {
                return candidate;
            }
        }

        throw new FileNotFoundException(
            $"No encoder found: {Path.Combine(RelativePath, EncoderManifest.FileName)} is neither in '{start}' nor in a folder "
            + "above it. Copy the folder models/all-MiniLM-L6-v2 of the repository next to the program, "
            + "or set the encoder folder in the options.");
    }
}
