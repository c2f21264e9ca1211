import { Fragment, type ReactNode } from 'react'
import type { PictureEdit, Recipe } from '../../../../contract/index.js'
import { formatHash, formatNumber, formatRate, formatSeed } from '../../../format/size.js'
import { formatShort } from '../../../format/time.js'
import { t } from '../../../messages/t.js'

interface RecipeFactsProps {
  readonly recipe: Recipe
  /** One line on how it was made, where no model's recipe says it. */
  readonly made: string
  /** Further facts, as `dt` and `dd`. */
  readonly children?: ReactNode
}

/** Everything that a recipe says, in words. */
export function RecipeFacts({ recipe, made, children }: RecipeFactsProps) {
  const isModel = recipe.by === 'text-model' || recipe.by === 'image-model'
  const isEnlarged = recipe.by === 'image-model' && recipe.operation === 'upscale'
  return (
    <>
      {isModel && !isEnlarged ? <p className="recipe-prompt">{recipe.prompt.trim() === '' ? <em>{t('recipe.no-prompt')}</em> : `“${recipe.prompt.trim()}”`}</p> : null}
      <dl className="facts small">
        {isModel ? (
          <>
            <dt>{t('recipe.model')}</dt>
            <dd>
              {recipe.model.name}{' '}
              <span className="mono faint" title={recipe.model.hash}>
                {formatHash(recipe.model.hash)}
              </span>
            </dd>
          </>
        ) : (
          <>
            <dt>{t('about.made')}</dt>
            <dd>{made}</dd>
          </>
        )}
        {isModel && recipe.model.licence ? (
          <>
            <dt>{t('recipe.licence')}</dt>
            <dd>{recipe.model.licence}</dd>
          </>
        ) : null}
        {isModel ? (
          <>
            <dt>{t('recipe.engine')}</dt>
            <dd>{recipe.engine}</dd>
          </>
        ) : null}
        {isModel && !isEnlarged ? (
          <>
            <dt>{t('recipe.seed')}</dt>
            <dd className="mono">{formatSeed(recipe.seed)}</dd>
          </>
        ) : null}
        {recipe.by === 'text-model' ? <TextFacts recipe={recipe} /> : null}
        {recipe.by === 'image-model' ? isEnlarged ? <EnlargedFacts recipe={recipe} /> : <ImageFacts recipe={recipe} /> : null}
        {recipe.by === 'hand' && recipe.edit ? <EditFacts edit={recipe.edit} /> : null}
        {recipe.by === 'hand' && recipe.note ? (
          <>
            <dt>{t('recipe.prompt')}</dt>
            <dd>{recipe.note}</dd>
          </>
        ) : null}
        {children}
      </dl>
    </>
  )
}

/** The exact numbers of what was done by hand. */
function EditFacts({ edit: { steps, engine } }: { readonly edit: PictureEdit }) {
  return (
    <>
      {steps.map((step, index) => (step.kind === 'crop' ? <Fragment key={index}><dt>{t('crop.apply')}</dt><dd className="number">{t('edit.crop-at', { ...step })}</dd></Fragment> : null))}
      <dt>{t('recipe.engine')}</dt>
      <dd>{engine}</dd>
    </>
  )
}

function TextFacts({ recipe }: { readonly recipe: Extract<Recipe, { by: 'text-model' }> }) {
  return (
    <>
      {recipe.selection ? (
        <>
          <dt>{t('recipe.selection')}</dt>
          <dd>
            “{recipe.selection.slice(0, 160)}
            {recipe.selection.length > 160 ? '…' : ''}”
          </dd>
        </>
      ) : null}
      <dt>{t('recipe.temperature')}</dt>
      <dd className="number">{formatRate(recipe.temperature)}</dd>
      <dt>{t('recipe.sampling')}</dt>
      <dd className="number">{t('recipe.sampling-value', { topP: recipe.topP, topK: recipe.topK, penalty: recipe.repeatPenalty ?? 1 })}</dd>
      <dt>{t('recipe.length')}</dt>
      <dd className="number">{t('recipe.length-value', { tokens: recipe.tokens, limit: recipe.maxTokens, stopped: recipe.stopped })}</dd>
      <dt>{t('recipe.speed')}</dt>
      <dd className="number">{t('recipe.speed-value', { rate: formatRate(recipe.tokensPerSecond), first: formatShort(recipe.firstTokenMs) })}</dd>
      <dt>{t('recipe.computer')}</dt>
      <dd className="number">{t('recipe.computer-value', { threads: recipe.threads, context: recipe.contextSize })}</dd>
    </>
  )
}

function ImageFacts({ recipe }: { readonly recipe: Extract<Recipe, { by: 'image-model' }> }) {
  return (
    <>
      <dt>{t('recipe.size')}</dt><dd className="number">{t('recipe.size-value', { width: recipe.width, height: recipe.height })}</dd>
      {recipe.operation === 'inpaint' ? <><dt>{t('recipe.image.part')}</dt><dd>{t('recipe.image.part-value')}</dd></> : null}
      {recipe.transparent ? <><dt>{t('recipe.image.background')}</dt><dd>{t('recipe.image.transparent')}</dd></> : null}
      <dt>{t('recipe.steps')}</dt><dd className="number">{recipe.steps}</dd>
      <dt>{t('recipe.guidance')}</dt><dd className="number">{formatRate(recipe.guidance)}</dd>
      <dt>{t('recipe.image.sampler')}</dt><dd>{recipe.sampler}</dd>
      {recipe.negativePrompt ? <><dt>{t('recipe.image.negative')}</dt><dd>{recipe.negativePrompt}</dd></> : null}
      {recipe.strength === undefined ? null : <><dt>{t('recipe.image.strength')}</dt><dd className="number">{formatNumber(recipe.strength * 100)}%</dd></>}
      <dt>{t('recipe.image.threads')}</dt><dd className="number">{t('recipe.image.threads-value', { threads: recipe.threads, time: formatShort(recipe.ms) })}</dd>
      {recipe.promptCut ? <><dt>{t('recipe.image.prompt')}</dt><dd>{t('recipe.image.prompt-cut')}</dd></> : null}
    </>
  )
}

/** An enlarged picture: nothing was drawn, so seed, steps and prompt have nothing to say. */
function EnlargedFacts({ recipe: { factor, width, height, threads, ms } }: { readonly recipe: Extract<Recipe, { by: 'image-model' }> }) {
  return (
    <>
      {factor === undefined ? null : <><dt>{t('recipe.factor')}</dt><dd className="number">{t('recipe.factor-value', { factor })}</dd></>}
      <dt>{t('recipe.size')}</dt><dd className="number">{t('recipe.size-value', { width, height })}</dd>
      <dt>{t('recipe.image.threads')}</dt><dd className="number">{t('recipe.image.threads-value', { threads, time: formatShort(ms) })}</dd>
    </>
  )
}
